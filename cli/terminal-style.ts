/** How what is printed may look: its width and whether in colour. */
import type { TerminalOptions } from '../reporters/terminal/style.ts';

/** Of what goes to stdout. */
export function terminalStyle(): TerminalOptions {
  return { width: terminalWidth(), colours: wantsColour(process.stdout) };
}

/**
 * Colour is for people at a terminal who did not decline it; see no-color.org. A stream that is no terminal has no
 * `isTTY` at all, whatever its type says: the answer is always a boolean, so that no library guesses in its place.
 */
export function wantsColour({ isTTY }: { readonly isTTY?: boolean }): boolean {
  return isTTY === true && !process.env.NO_COLOR;
}

/** As COLUMNS says, else the terminal, else a page. */
function terminalWidth(): number {
  const told = Number(process.env.COLUMNS);
  if (Number.isInteger(told) && told >= narrowest) return told;
  return process.stdout.columns || 100;
}

/** Below, nothing can be laid out. */
const narrowest = 40;

/** Width and colour of terminal output. */
import type { TerminalOptions } from '../reporters/terminal/style.ts';

/** The style of stdout. */
export function terminalStyle(): TerminalOptions {
  return { width: terminalWidth(), colours: wantsColour(process.stdout) };
}

/**
 * Colour goes to terminals only, unless NO_COLOR is set; see no-color.org. A stream that is no terminal has no `isTTY`,
 * whatever its type says; the result is always a boolean, so that no library makes its own guess.
 */
export function wantsColour({ isTTY }: { readonly isTTY?: boolean }): boolean {
  return isTTY === true && !process.env.NO_COLOR;
}

/** From COLUMNS, else from the terminal, else 100. */
function terminalWidth(): number {
  const columns = Number(process.env.COLUMNS);
  if (Number.isInteger(columns) && columns >= narrowest) return columns;
  return process.stdout.columns || 100;
}

/** Tables need at least this width. */
const narrowest = 40;

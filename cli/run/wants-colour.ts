/** Colour is for people at a terminal who did not decline it; see no-color.org. */
export function wantsColour(isTerminal: boolean): boolean {
  return isTerminal && !process.env.NO_COLOR;
}

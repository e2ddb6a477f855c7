/** How wide what is printed may be: as COLUMNS says, else the terminal, else a page. */
export function terminalWidth(): number {
  const told = Number(process.env.COLUMNS);
  if (Number.isInteger(told) && told >= narrowest) return told;
  return process.stdout.columns || 100;
}

/** Below, nothing can be laid out. */
const narrowest = 40;

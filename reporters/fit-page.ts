/** Keeps a page of Markdown below what GitHub takes for a step summary, and says what was left out. */

/** GitHub refuses a summary above 1 MiB; the rest is for what a job writes beside it. */
const mostBytes = 1_000_000;

/** `elsewhere`: where all of it is told. Entries of clauses go first, the last of them before the others, since they are told in full elsewhere. */
export function fitPage(
  blocks: readonly string[],
  most = mostBytes,
  elsewhere = '`report.json` and `report.html`',
): string {
  const sizes = blocks.map((text) => Buffer.byteLength(text) + 2);
  const order = [...blocks.keys()].reverse();
  const isEntry = (index: number): boolean => blocks[index]?.startsWith('### ') === true;
  const gone = new Set<number>();
  let size = sizes.reduce((sum, bytes) => sum + bytes, 0);
  for (const index of [...order.filter(isEntry), ...order.filter((one) => !isEntry(one) && one > 0)]) {
    if (size <= most) break;
    gone.add(index);
    size -= sizes[index] ?? 0;
  }
  const kept = blocks.filter((_, index) => !gone.has(index));
  return `${[...kept, ...(gone.size === 0 ? [] : [leftOut(gone.size, elsewhere)])].join('\n\n')}\n`;
}

function leftOut(count: number, elsewhere: string): string {
  const parts = count === 1 ? '1 part' : `${count} parts`;
  return `${parts} of this page would not fit into a step summary and can be read in ${elsewhere}.`;
}

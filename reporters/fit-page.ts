/** Limits a Markdown page to the size that GitHub accepts for a step summary, and says what was left out. */

/** GitHub refuses a summary above 1 MiB; the difference is for other output of the job. */
const mostBytes = 1_000_000;

/** `elsewhere`: the files with the full text. Entries of clauses are left out first, from the last one on. */
export function fitPage(
  blocks: readonly string[],
  most = mostBytes,
  elsewhere = '`report.json` and `report.html`',
): string {
  const sizes = blocks.map((text) => Buffer.byteLength(text) + 2);
  const order = [...blocks.keys()].reverse();
  const isEntry = (index: number): boolean => blocks[index]?.startsWith('### ') === true;
  const omitted = new Set<number>();
  let size = sizes.reduce((sum, bytes) => sum + bytes, 0);
  for (const index of [...order.filter(isEntry), ...order.filter((one) => !isEntry(one) && one > 0)]) {
    if (size <= most) break;
    omitted.add(index);
    size -= sizes[index] ?? 0;
  }
  const kept = blocks.filter((_, index) => !omitted.has(index));
  return `${[...kept, ...(omitted.size === 0 ? [] : [leftOut(omitted.size, elsewhere)])].join('\n\n')}\n`;
}

function leftOut(count: number, elsewhere: string): string {
  const parts = count === 1 ? '1 part' : `${count} parts`;
  return `${parts} of this page did not fit into a step summary; see ${elsewhere}.`;
}

import { expect, it } from 'vitest';
import { hashOf, pageAssets } from '../../reporters/html/assets.ts';
import { reporters } from '../../reporters/index.ts';
import { renderTerminal } from '../../reporters/terminal.ts';
import { fixedRecord } from './fixed-record.ts';

const golden = '../golden/reporters';

it.each(reporters)('$id renders the fixed run as its golden file shows', async ({ render }) => {
  for (const { path, text } of render(fixedRecord)) {
    await expect(withoutAssets(text)).toMatchFileSnapshot(`${golden}/${path}`);
  }
});

/** Removes style, script and their hashes, which are not part of the golden files. */
function withoutAssets(text: string): string {
  const { style, script } = pageAssets();
  const parts: readonly (readonly [string, string])[] = [
    [`<style>${style}</style>`, '<style>(style)</style>'],
    [`<script>${script}</script>`, '<script>(script)</script>'],
    [hashOf(style), '(hash of the style)'],
    [hashOf(script), '(hash of the script)'],
  ];
  return parts.reduce((left, [part, mark]) => left.split(part).join(mark), text);
}

it.each(reporters)('$id gives the same bytes for the same run', ({ render }) => {
  const { evidence, report } = fixedRecord;
  const reread = JSON.parse(JSON.stringify(report)) as typeof report;
  expect(render({ report: reread, evidence })).toEqual(render(fixedRecord));
});

it.each([80, 140])('the terminal shows the fixed run as its golden file shows, %i columns wide', async (width) => {
  const text = renderTerminal(fixedRecord, { width, colours: false });
  await expect(text).toMatchFileSnapshot(`${golden}/terminal-${width}.txt`);
});

it('lists the reporters by id, each once', () => {
  const ids = reporters.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
});

import { expect, it } from 'vitest';
import { fitPage } from '../../reporters/fit-page.ts';

const entry = (name: string): string => `### ${name} ${'ä'.repeat(50)}`;
const blocks = ['# head', '## Failures', entry('one'), entry('two'), entry('three'), '## Leaked resources', 'a volume'];

it('leaves a page that fits as it is', () => {
  expect(fitPage(blocks)).toBe(`${blocks.join('\n\n')}\n`);
});

it('leaves out the last clauses first, counted in bytes, and says so', () => {
  const page = fitPage(blocks, 200);
  expect(page).toContain('### one');
  expect(page).not.toMatch(/### (two|three)/);
  expect(page).toContain('## Leaked resources\n\na volume\n\n2 parts of this page did not fit');
});

it('keeps at least the head', () => {
  expect(fitPage(blocks, 1)).toMatch(/^# head\n\n6 parts /);
});

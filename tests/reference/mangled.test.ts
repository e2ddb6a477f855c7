/**
 * References cut and mangled at many places: reading one always ends, and never throws.
 *
 * The damage is random but the same in every run.
 */
import { expect, test } from 'vitest';
import { readReference } from '../../src/reference/read-reference.ts';
import { treeOf } from '../../src/reference/tree.ts';
import { edited, HEALTHY, type Files } from './healthy-tree.ts';

const RUNS = 400;

/** A small linear congruential generator: numbers from 0 up to but not including the limit. */
function generator(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % limit;
  };
}

const pieces: readonly string[] = [
  '\0',
  '\t',
  '\n',
  '\r\n',
  '\n\n',
  '-',
  '=',
  '====\n',
  '----\n',
  '..',
  '.. ',
  '.. note::',
  '::',
  ':',
  '{',
  '}',
  '[',
  '"',
  "'",
  '(',
  '((((',
  ',',
  '*',
  '**',
  '&a ',
  '*a ',
  '<<: *a\n',
  '|',
  '>',
  '#',
  '%',
  '999999999999999999999',
  '2.10',
  '\uFEFF',
  '\uFFFD',
  '\u{1F600}',
  '.. include:: servers.inc\n',
  '.. include:: more.inc\n',
  '.. rest_method:: GET /servers\n',
  '.. rest_parameters:: parameters.yaml\n',
  '.. rest_status_code:: error parameters.yaml\n\n  - 404: x\n',
  '.. literalinclude:: parameters.yaml\n',
  'Error response codes: ',
];

/** The text with a part cut out, doubled, moved to the end, unindented, or with something put in. */
function mangled(text: string, pick: (limit: number) => number): string {
  const start = pick(text.length + 1);
  const end = start + pick(Math.min(text.length - start, 200) + 1);
  const [before, part, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
  switch (pick(6)) {
    case 0:
      return before;
    case 1:
      return before + after;
    case 2:
      return before + part + part + after;
    case 3:
      return before + after + part;
    case 4:
      return before + part.replace(/^ +/gm, '') + after;
    default:
      return before + (pieces[pick(pieces.length)] ?? '') + part + after;
  }
}

test('never throws on a mangled reference', () => {
  const pick = generator(20_260_821);
  const names = Object.keys(HEALTHY);
  const broken: string[] = [];
  for (let run = 0; run < RUNS; run++) {
    const files: Record<string, string> = { ...HEALTHY };
    for (let mistakes = 1 + pick(4); mistakes > 0; mistakes--) {
      const name = names[pick(names.length)] ?? '';
      files[name] = mangled(files[name] ?? '', pick);
    }
    try {
      const { diagnostics } = readReference(treeOf(files));
      const odd = diagnostics.find(({ at, message }) => !(at.line >= 1 && at.column >= 1) || message.includes('\n'));
      if (odd) broken.push(JSON.stringify([odd, files]));
    } catch (cause) {
      broken.push(JSON.stringify([String(cause), files]));
    }
  }
  expect(broken).toEqual([]);
});

const many = 20_000;

test.each<{ readonly name: string; readonly files: Files }>([
  { name: 'adornments', files: { 'a.inc': '====\n'.repeat(many) } },
  { name: 'headings, each deeper', files: { 'a.inc': headings() } },
  { name: 'one line', files: { 'a.inc': 'x '.repeat(many * 10) } },
  { name: 'blanks inside a line', files: { 'a.inc': `Error response codes: a${' '.repeat(many)}b` } },
  { name: 'words in a code statement', files: { 'a.inc': `Error response codes: ${'a '.repeat(many)}` } },
  {
    name: 'codes',
    files: { 'a.inc': `A\n=\n\n.. rest_method:: GET /a\n\nError response codes: ${'x(404) '.repeat(many)}` },
  },
  {
    name: 'open parentheses',
    files: { 'a.inc': `A\n=\n\n.. rest_method:: GET /a\n\nError response codes: ${'404 ('.repeat(many)}` },
  },
  { name: 'asterisks', files: { 'a.inc': `${'*'.repeat(many)}\n**${'a*'.repeat(many)}\n` } },
  { name: 'braces', files: { 'a.inc': `A\n=\n\n.. rest_method:: GET /${'{a}'.repeat(many)}\n` } },
  { name: 'items', files: edited('servers.inc', '  - name: server_name\n', '  - name: server_nam\n'.repeat(300)) },
  { name: 'keys', files: edited('parameters.yaml', '  in: path\n', `${'  in: path\n'.repeat(2_000)}`) },
  { name: 'brackets', files: edited('samples/show-server-resp.json', '"first"', '['.repeat(many)) },
  { name: 'rest_methods', files: { 'a.inc': '.. rest_method:: GET /a\n\n'.repeat(2_000) } },
  { name: 'table borders', files: { 'a.inc': '=== ===\n\n'.repeat(2_000) } },
])('ends in good time on too many $name', ({ files }) => {
  const before = performance.now();
  readReference(treeOf(files));
  expect(performance.now() - before).toBeLessThan(20_000);
});

/** Each heading has an adornment that was not used before, as far as there are any. */
function headings(): string {
  const marks = '=-~^"\'`#*+.:_<>!$%&(),;?@[]{|}/\\';
  return [...marks]
    .map((mark) => `Title\n${mark.repeat(5)}\n\n`)
    .join('')
    .repeat(20);
}

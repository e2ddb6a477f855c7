/** Every form in which response codes are written, in Nova and elsewhere. */
import { expect, test } from 'vitest';
import { formatRange } from '../../src/microversion.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { treeOf } from '../../src/reference/tree.ts';
import { edited } from './healthy-tree.ts';

const NORMAL = 'Normal response codes: 200';
const ERROR = 'Error response codes: unauthorized(401), itemNotFound(404)';

interface Row {
  readonly text: string;
  readonly codes: string;
}

const rows: readonly Row[] = [
  { text: 'Normal response codes: 200', codes: '200' },
  { text: 'Normal response code: 200', codes: '200' },
  { text: 'Normal Response Codes: 200', codes: '200' },
  { text: 'Success response codes: 201', codes: '201' },
  { text: 'Normal response codes: 202, 204', codes: '202 204' },
  { text: 'Normal response codes: 200,207', codes: '200 207' },
  { text: 'Normal response codes: 200.', codes: '200' },
  { text: 'Normal response codes:\n200', codes: '200' },
  {
    text: 'Normal response codes: 200 (microversions 2.0 - 2.100), 202 (microversion 2.101 - )',
    codes: '200@2.0-2.100 202@2.101-',
  },
  {
    text: 'Normal response codes: 200 (microversions 1.0 -\n1.14), 201 (microversions 1.15 - 1.18), 204',
    codes: '200@1.0-1.14 201@1.15-1.18 204',
  },
  { text: 'Normal response codes: 200 (microversion 2.5)', codes: '200@2.5' },
];

const errors: readonly Row[] = [
  { text: 'Error response codes: unauthorized(401)', codes: 'unauthorized:401' },
  { text: 'Error response codes: unauthorized(401),\nconflict(409)', codes: 'unauthorized:401 conflict:409' },
  { text: 'Error response codes: unauthorized(401),forbidden(403)', codes: 'unauthorized:401 forbidden:403' },
  { text: 'Error response codes: itemNotFound (404)', codes: 'itemNotFound:404' },
  { text: 'Error response codes: Bad Request(400), 404', codes: 'Bad Request:400 404' },
  { text: 'Error response codes: 400, 401\n403', codes: '400 401 403' },
  { text: 'Error response codes: unauthorized(401)\nforbidden(403)', codes: 'unauthorized:401 forbidden:403' },
  { text: 'Error response codes: gone(410) (microversion 2.36 - )', codes: 'gone:410@2.36-' },
];

function read(from: string, text: string, kind: 'success' | 'error'): string {
  const [operation] = readReference(treeOf(edited('servers.inc', from, text))).operations;
  const codes = (operation?.codes ?? []).filter((code) => code.kind === kind);
  return codes
    .map(({ name, status, range }) => `${name ? `${name}:` : ''}${status}${range ? `@${formatRange(range)}` : ''}`)
    .join(' ');
}

test.each(rows)('reads $text', ({ text, codes }) => {
  expect(read(NORMAL, text, 'success')).toBe(codes);
});

test.each(errors)('reads $text', ({ text, codes }) => {
  expect(read(ERROR, text, 'error')).toBe(codes);
});

test('keeps two statements apart that no blank line separates', () => {
  expect(read(`${NORMAL}\n\n${ERROR}`, `${NORMAL}\n${ERROR}`, 'success')).toBe('200');
  expect(read(`${NORMAL}\n\n${ERROR}`, `${NORMAL}\n${ERROR}`, 'error')).toBe('unauthorized:401 itemNotFound:404');
});

test('places a code on the line where it stands, also when the statement wraps', () => {
  const files = edited('servers.inc', ERROR, 'Error response codes: unauthorized(401),\nitemNotFound(404)');
  const [operation] = readReference(treeOf(files)).operations;
  expect(operation?.codes.at(-1)?.at).toEqual({ file: 'servers.inc', line: 19, column: 1 });
});

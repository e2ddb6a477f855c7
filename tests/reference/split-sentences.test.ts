import { expect, test } from 'vitest';
import { splitSentences } from '../../src/reference/split-sentences.ts';

const rows: readonly { readonly name: string; readonly text: string; readonly expected: readonly string[] }[] = [
  { name: 'no text', text: '  ', expected: [] },
  { name: 'one sentence without a point', text: 'A server', expected: ['A server'] },
  { name: 'two sentences', text: 'One. Two.', expected: ['One.', 'Two.'] },
  { name: 'a question and a call', text: 'Which? That! Good.', expected: ['Which?', 'That!', 'Good.'] },
  {
    name: 'versions',
    text: 'Since 2.60 and up to 2.100. From v2.20 on.',
    expected: ['Since 2.60 and up to 2.100.', 'From v2.20 on.'],
  },
  {
    name: 'a version at the end',
    text: 'Served as 2.1. So is the rest.',
    expected: ['Served as 2.1.', 'So is the rest.'],
  },
  {
    name: 'points in literals',
    text: 'Poll ``GET /a. B`` until it is gone. Done.',
    expected: ['Poll ``GET /a. B`` until it is gone.', 'Done.'],
  },
  {
    name: 'points in links',
    text: 'See `Servers. All <https://x.org/a.html>`__. Then go.',
    expected: ['See `Servers. All <https://x.org/a.html>`__.', 'Then go.'],
  },
  {
    name: 'such as',
    text: 'A name, such as ``/dev/vdb``. It is free.',
    expected: ['A name, such as ``/dev/vdb``.', 'It is free.'],
  },
  {
    name: 'a sentence that begins with a literal',
    text: 'It may go. ``id`` stays.',
    expected: ['It may go.', '``id`` stays.'],
  },
  {
    name: 'abbreviations',
    text: 'A kind, e.g. Debian, i.e. Linux (cf. BSD) etc. of old. End.',
    expected: ['A kind, e.g. Debian, i.e. Linux (cf. BSD) etc. of old.', 'End.'],
  },
  {
    name: 'a point before a small letter',
    text: 'The file policy.yaml. or the like. Yes.',
    expected: ['The file policy.yaml. or the like.', 'Yes.'],
  },
  {
    name: 'a point inside brackets',
    text: 'It ends. (Or not.) It begins.',
    expected: ['It ends.', '(Or not.)', 'It begins.'],
  },
  {
    name: 'a colon and a semicolon',
    text: 'Its end shows: poll; wait. Good.',
    expected: ['Its end shows: poll; wait.', 'Good.'],
  },
  { name: 'a directive', text: 'A name. .. note:: It is free. Or not', expected: ['A name.', 'It is free.', 'Or not'] },
];

test.each(rows)('divides $name', ({ text, expected }) => {
  expect(splitSentences(text).map((part) => part.text)).toEqual(expected);
});

test('tells where each sentence begins', () => {
  const text = 'One.  Two. Three';
  const parts = splitSentences(text);
  expect(parts.map(({ offset }) => offset)).toEqual([0, 6, 11]);
  for (const { text: sentence, offset } of parts) expect(text.startsWith(sentence, offset)).toBe(true);
});

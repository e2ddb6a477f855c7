import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assembleOwn } from './compute-specs.ts';

const { contract } = assembleOwn();
const specs = new URL('../../specs/compute/', import.meta.url);

/** The first words stand on the line; a description of one line has the key in front. */
test('every sentence of our specs begins on the line that it names', () => {
  const lines = new Map<string, readonly string[]>();
  const wrong = contract.sentences.filter(({ source, text }) => {
    const known = lines.get(source.file) ?? readFileSync(new URL(source.file, specs), 'utf8').split('\n');
    lines.set(source.file, known);
    return !(known[source.line - 1] ?? '').includes(text.slice(0, 12));
  });
  expect(wrong).toEqual([]);
});

test('each place of a sentence is told once', () => {
  const places = contract.sentences.map(({ source, text }) => `${source.file} ${source.section} ${text}`);
  expect(new Set(places).size).toBe(places.length);
});

test('the section of a general sentence is the heading above it', () => {
  const found = contract.sentences.find(({ text }) => text.startsWith('The reply header ``Vary``'));
  expect(found).toMatchObject({
    kind: 'prose',
    source: { file: 'negotiation.inc', section: 'Answering with a microversion' },
    operations: [],
  });
});

test('a note of several lines gives each sentence its own line', () => {
  const found = contract.sentences.filter(({ source, kind }) => kind === 'note' && source.file.includes('swap'));
  expect(found.map(({ source }) => source.line)).toEqual([18, 20, 21, 22, 23]);
});

test('the first sentence of a parameter knows where the parameter is listed', () => {
  const found = contract.sentences.filter(({ source }) => source.section === 'limit');
  expect(found.map(({ listed, operations }) => [listed?.length, operations])).toEqual([
    [1, ['compute/list-volume-attachments']],
    [undefined, ['compute/list-volume-attachments']],
    [undefined, ['compute/list-volume-attachments']],
  ]);
});

/** YAML as text with positions, and what is wrong with it. */
import { describe, expect, test } from 'vitest';
import { formatDiagnostic, type Diagnostic } from '../src/diagnostic.ts';
import {
  asList,
  asMap,
  asText,
  fieldOf,
  flagField,
  reportUnknownKeys,
  requireText,
  textListField,
} from '../src/yaml-fields.ts';
import { parseYaml, type YamlMap, type YamlNode } from '../src/yaml.ts';

/** Nodes as plain values, to compare with. */
const plain = (node: YamlNode | undefined): unknown => {
  if (!node) return undefined;
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'list':
      return node.items.map(plain);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
  }
};

const told = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics.map(({ at, severity, code }) => `${at.line}:${at.column} ${severity} ${code}`);

test.each([
  { text: 'a: 2.10\nb: 2.100\nc: 2.70', value: { a: '2.10', b: '2.100', c: '2.70' } },
  { text: 'a: true\nb: ~\nc: null\nd: 0x10\ne: 1e3', value: { a: 'true', b: '~', c: 'null', d: '0x10', e: '1e3' } },
  { text: 'a: "2.10"\nb: \'x\'', value: { a: '2.10', b: 'x' } },
  { text: '404: yes\nnull: no', value: { '404': 'yes', null: 'no' } },
  { text: 'a:\nb: ""', value: { a: '', b: '' } },
  { text: 'a: |\n  one\n  two\nb: >\n  one\n  two\n', value: { a: 'one\ntwo\n', b: 'one two\n' } },
  { text: '- a\n- [b, c]\n- {d: e}', value: ['a', ['b', 'c'], { d: 'e' }] },
  { text: '# nothing\n', value: undefined },
  { text: '', value: undefined },
])('keeps every scalar of $text as text', ({ text, value }) => {
  const { root, diagnostics } = parseYaml(text, 'a.yaml');
  expect(diagnostics).toEqual([]);
  expect(plain(root)).toEqual(value);
});

test.each([
  { text: 'a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3', value: { y: '3', x: '1' } },
  { text: 'a: &a {x: 1}\nc: &c {x: 2, z: 3}\nb:\n  <<: [*a, *c]', value: { x: '1', z: '3' } },
  { text: 'a: &a {x: 1}\nc: &c\n  <<: *a\n  y: 2\nb:\n  z: 3\n  <<: *c', value: { z: '3', y: '2', x: '1' } },
  { text: 'b:\n  "<<": x', value: { '<<': 'x' } },
])('merges maps as $text says', ({ text, value }) => {
  const { root, diagnostics } = parseYaml(text, 'a.yaml');
  expect(diagnostics).toEqual([]);
  expect(plain(root && asMap(root, 'all', () => undefined)?.entries.at(-1)?.value)).toEqual(value);
});

test('knows where everything stands', () => {
  const { root } = parseYaml('a:\n  - x\n  - b:  y\n', 'a.yaml');
  const at = (line: number, column: number) => ({ file: 'a.yaml', line, column });
  expect(root).toMatchObject({
    at: at(1, 1),
    entries: [
      {
        at: at(1, 1),
        value: { at: at(2, 3), items: [{ at: at(2, 5) }, { entries: [{ at: at(3, 5), value: { at: at(3, 9) } }] }] },
      },
    ],
  });
});

test.each([
  { name: 'a key twice', text: 'a: 1\nb: 2\na: 3', expected: ['3:1 error duplicate-key'] },
  { name: 'a bracket left open', text: 'a: [1, 2\nb: 3', expected: ['2:1 error yaml-syntax'] },
  { name: 'a tab', text: 'a:\n\tb: 1', expected: ['2:1 error yaml-syntax'] },
  { name: 'two documents', text: 'a: 1\n---\nb: 2', expected: ['2:1 error yaml-syntax'] },
  { name: 'an alias of nothing', text: 'a: *b', expected: ['1:4 error yaml-alias'] },
  { name: 'an alias inside its anchor', text: 'a: &a\n  b: *a', expected: ['2:6 error yaml-alias'] },
  { name: 'a merge of text', text: 'a:\n  <<: b', expected: ['2:7 error yaml-merge'] },
  { name: 'a merge of nothing', text: 'a:\n  <<: *b', expected: ['2:7 error yaml-alias'] },
  { name: 'a list as a key', text: '? [a]\n: b', expected: ['1:3 error yaml-key'] },
])('tells $name where it stands', ({ text, expected }) => {
  const { diagnostics } = parseYaml(text, 'a.yaml');
  expect([...new Set(told(diagnostics))]).toEqual(expected);
});

test('lets the last of repeated keys count, as other readers do', () => {
  expect(plain(parseYaml('a: 1\na: 2', 'a.yaml').root)).toEqual({ a: '2' });
});

test('a byte order mark before the text is no part of it', () => {
  const text = '- clause: a\n  owner: b\n- clause: c\n';
  expect(parseYaml(`\uFEFF${text}`, 'waivers.yaml')).toEqual(parseYaml(text, 'waivers.yaml'));
});

test.each(['utf16le', 'utf16le with a mark'])('a file in %s is one error that names the encoding', (encoding) => {
  const text = `${encoding.endsWith('mark') ? '\uFEFF' : ''}clouds:\n  acme: {}\n`;
  const { root, diagnostics } = parseYaml(Buffer.from(text, 'utf16le').toString('utf8'), 'clouds.yaml');
  expect(root).toBeUndefined();
  expect(diagnostics.map(formatDiagnostic)).toEqual([
    expect.stringMatching(
      /^clouds\.yaml:1:1: error encoding: the file is not UTF-8 text: .*; expected UTF-8; save it as that$/,
    ),
  ]);
});

test('says of a file without end no more than a hundred things', () => {
  const { diagnostics } = parseYaml('a: b: c\n'.repeat(1000), 'a.yaml');
  expect(diagnostics.filter(({ code }) => code === 'yaml-syntax')).toHaveLength(101);
});

test('survives what is made to break it', () => {
  const bomb = ['a0: &a0 [x, x]', ...Array.from({ length: 40 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`)];
  expect(parseYaml(bomb.join('\n'), 'a.yaml').diagnostics).toEqual([]);
  expect(parseYaml('['.repeat(20_000), 'a.yaml').diagnostics).not.toEqual([]);
  const deep = parseYaml(`${'{a: '.repeat(5_000)}${'}'.repeat(5_000)}`, 'a.yaml');
  expect(told(deep.diagnostics)).toContain('1:401 error yaml-depth');
});

describe('fields', () => {
  const mapOf = (text: string): YamlMap => {
    const { root } = parseYaml(text, 'a.yaml');
    if (root?.kind !== 'map') throw new Error('not a map');
    return root;
  };
  const heard = (
    read: (report: (diagnostic: Diagnostic) => void) => unknown,
  ): readonly [unknown, readonly string[]] => {
    const diagnostics: Diagnostic[] = [];
    const value = read((diagnostic) => diagnostics.push(diagnostic));
    return [value, told(diagnostics)];
  };

  test('that are there are read in silence', () => {
    const map = mapOf('name: x\nlist: [a, b]\nflag: True\n');
    expect(heard((report) => requireText(map, 'name', report))).toEqual(['x', []]);
    expect(heard((report) => textListField(map, 'list', report))).toEqual([['a', 'b'], []]);
    expect(heard((report) => flagField(map, 'flag', report))).toEqual([true, []]);
  });

  test('that are absent are told only when they are needed', () => {
    const map = mapOf('name: x');
    expect(heard((report) => requireText(map, 'title', report))).toEqual([undefined, ['1:1 error missing-key']]);
    expect(heard((report) => textListField(map, 'title', report))).toEqual([undefined, []]);
  });

  test('of another kind are told where they stand', () => {
    const map = mapOf('list: x\nmap: [y]\ntext: {z: 1}\nflag: maybe\nmixed: [a, {b: c}]');
    const value = (key: string): YamlNode => fieldOf(map, key)?.value ?? map;
    expect(heard((report) => asList(value('list'), 'list', report))).toEqual([undefined, ['1:7 error yaml-kind']]);
    expect(heard((report) => asMap(value('map'), 'map', report))).toEqual([undefined, ['2:6 error yaml-kind']]);
    expect(heard((report) => asText(value('text'), 'text', report))).toEqual([undefined, ['3:7 error yaml-kind']]);
    expect(heard((report) => flagField(map, 'flag', report))).toEqual([undefined, ['4:7 error yaml-value']]);
    expect(heard((report) => textListField(map, 'mixed', report))).toEqual([['a'], ['5:12 error yaml-kind']]);
  });

  test('that nobody knows are told with the one that was meant', () => {
    const found: Diagnostic[] = [];
    reportUnknownKeys(mapOf('nmae: x\nother: y'), ['name', 'title'], 'error', (diagnostic) => found.push(diagnostic));
    expect(found.map(({ code, expected }) => [code, expected])).toEqual([
      ['misspelt-key', 'name'],
      ['unknown-key', 'one of name, title'],
    ]);
  });
});

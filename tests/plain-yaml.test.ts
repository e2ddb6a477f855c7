/** The quick reader gives what the library gives, or nothing. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPlainYaml } from '../src/plain-yaml.ts';
import { parseAnyYaml } from '../src/yaml.ts';

const TEXT = `# parameters
server: &server
  description: |
    A server.

    It runs.
  in: body
  required: true
  min_version: 2.10

OS-DCF:diskConfig:
  description: >
    One
    two.

    Three.
  type: 'string'
  in: "body"
  # A comment
server_optional:
  <<: *server
  required: false
  format: a/b#c:d
stripped:
  description: |-
      Deep.
        Deeper.
  type: none
`;

const same = (text: string): boolean => {
  const plain = readPlainYaml(text, 'a.yaml');
  if (!plain) return true;
  const any = parseAnyYaml(text, 'a.yaml');
  expect({ text, root: plain, diagnostics: [] }).toEqual({ text, ...any });
  return false;
};

test('reads the plain form as the library does', () => {
  expect(readPlainYaml(TEXT, 'a.yaml')).toEqual(parseAnyYaml(TEXT, 'a.yaml').root);
});

test.each([
  'a:\n  b: c\n  b: d\n',
  'a:\n  b: c\na:\n  b: c\n',
  'a:\n  b: c\n   d\n',
  'a:\n  b: c\n\n   d\n',
  'a:\n  b: |\n    c\n   d\n',
  'a:\n  b: >\n    c\n      d\n',
  'a:\n  <<: *b\n',
  'a:\n  b: [c]\n',
  'a:\n  b: c # d\n',
  'a:\n  b: c: d\n',
  'a:\n  b: "c\\n"\n',
  'a:\n  b: !t c\n',
  'a: b\n',
  'a:\n',
  '- a\n',
  'a:\n  b: c\n---\nd:\n  e: f\n',
  'a:\n  b: |+\n    c\n\n',
  'a:\n\tb: c\n',
  'a:\n  b: c\n d: e\n',
  '',
])('leaves %j to the library', (text) => {
  expect(readPlainYaml(text, 'a.yaml')).toBeUndefined();
});

test('differs nowhere on mangled texts', () => {
  const pieces = [
    ' ',
    '  ',
    '\n',
    '\n\n',
    ':',
    ': ',
    '#',
    ' #',
    '&a',
    '*a',
    '|',
    '>',
    '-',
    '- ',
    '"',
    "'",
    '\\',
    '<<: *server\n',
    '?',
    '---\n',
    '{',
    ',',
    '@',
    '%',
    'x: y\n',
    '    ',
    '\u00a0',
  ];
  let state = 7;
  const pick = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  let refused = 0;
  for (let run = 0; run < 1_500; run++) {
    let text = TEXT;
    for (let slips = 1 + pick(3); slips > 0; slips--) {
      const start = pick(text.length);
      text = text.slice(0, start) + (pieces[pick(pieces.length)] ?? '') + text.slice(start + pick(12));
    }
    if (same(text)) refused++;
  }
  expect(refused).toBeLessThan(1_400);
});

const upstream = new URL('../../shared/reference/', import.meta.url);

test.skipIf(!existsSync(upstream)).each(['nova-2018-01', 'nova-2026-08'])(
  'reads the definitions of %s as the library does (skipped where ../shared is not)',
  (tree) => {
    const text = readFileSync(new URL(`${tree}/api-ref/source/parameters.yaml`, upstream), 'utf8');
    expect(readPlainYaml(text, 'p.yaml')).toBeDefined();
    expect(readPlainYaml(text, 'p.yaml')).toEqual(parseAnyYaml(text, 'p.yaml').root);
  },
);

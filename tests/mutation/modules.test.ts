/** The compiled modules that a digest covers: what they import, and what a registry is without its lists. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { importsIn, readModules, withoutLists } from '../../cli/mutation-test/records/modules.ts';
import { temporaryFolder } from '../cli/run-child.ts';

const dist = join(import.meta.dirname, '../../dist');

test('every import that the TypeScript parser finds in a compiled module is found', () => {
  const files = ['cli', 'src', 'suites', 'targets'].flatMap((folder) =>
    readdirSync(join(dist, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.js'))
      .map((name) => join(dist, folder, name)),
  );
  expect(files.length).toBeGreaterThan(400);
  const missed = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const found = new Set(importsIn(text));
    const all = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
    return all.filter((name) => name.startsWith('.') && !found.has(name)).map((name) => `${file}: ${name}`);
  });
  expect(missed).toEqual([]);
});

const registry = `import { first } from "./first.js";
import { second, other } from './second.js';
import { third as renamed } from './third.js';
import { made } from './made.js';
import { used } from './used.js';
import { by } from './by.js';
export const all = [
    ...first,
    ...second,
    ...by(made),
    ...renamed,
    ...used,
];
export const count = used.length;
`;

test('a registry without its lists imports only what it uses in another way', () => {
  const text = withoutLists(registry);
  expect(importsIn(text)).toEqual(['./second.js', './used.js', './by.js']);
  expect(text).not.toMatch(/first|made|renamed/);
  expect(text).toContain('export const count = used.length;');
  expect(text).toContain('...used,');
});

test('a list more does not change a registry, any other change does', () => {
  const more = registry
    .replace('export const all', "import { fourth } from './fourth.js';\nexport const all")
    .replace('    ...used,', '    ...fourth,\n    ...used,');
  expect(withoutLists(more)).toBe(withoutLists(registry));
  expect(withoutLists(registry.replace('used.length', 'used.length + 1'))).not.toBe(withoutLists(registry));
});

test('a list that is spread whole is removed, an object is not', () => {
  const one = (value: string): string => `import { first } from './first.js';\nexport const all = ${value};\n`;
  expect(withoutLists(one('[...first]'))).toBe('export const all = [\n];\n');
  expect(withoutLists(one('[...first, ...own]'))).toBe('export const all = [\n    ...own,\n];\n');
  expect(withoutLists(one('{ ...first }'))).toBe(one('{ ...first }'));
  expect(withoutLists(one('[{\n        ...first,\n    }]'))).toBe(one('[{\n        ...first,\n    }]'));
});

function temporaryTree(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

test('a closure goes through all that is imported, and not into what is opaque', () => {
  const folder = temporaryTree({
    'a/one.js': "import { two } from './two.js';\nconst lazy = () => import('../b/three.js');",
    'a/two.js': "export * from '../b/four.js';\nimport data from '../b/data.json' with { type: 'json' };",
    'b/three.js': "import 'undici'; import './lost.js';",
    'b/four.js': "import { one } from '../a/one.js';",
    'b/data.json': '{}',
  });
  expect([...readModules({ folder }).closure(['a/one'])].sort()).toEqual([
    'a/one',
    'a/two',
    'b/data.json',
    'b/four',
    'b/three',
  ]);
  expect([...readModules({ folder, opaque: ['a/two'] }).closure(['a/one'])].sort()).toEqual(['a/one', 'b/three']);
});

/** The shape of the program: directions of imports, homes of libraries and effects, sizes of files. */
import { expect, test } from 'vitest';
import packageFile from '../package.json' with { type: 'json' };
import { readModule, readModules } from './architecture/modules.ts';
import { cyclesIn, directions, homes, offencesOf } from './architecture/rules.ts';
import { exceptions, modulesNamingServices, namesIn } from './architecture/service-names.ts';

const modules = readModules();
const most = 300;
/** Files that may be longer, each with its reason; none so far. */
const longer: readonly string[] = [];

test('finds the modules of every layer', () => {
  for (const { of } of directions)
    expect(modules.map(({ path }) => path).filter((path) => path.startsWith(of))).not.toEqual([]);
});

test('imports go in the documented directions, and libraries and effects stay in their homes', () => {
  expect(modules.flatMap(offencesOf)).toEqual([]);
});

test('every local import leads to a module of the product', () => {
  const known = new Set(modules.map(({ path }) => path));
  const lost = modules.flatMap(({ path, imports }) =>
    imports
      .filter(({ local, to }) => local && !to.endsWith('.json') && !known.has(to.replace(/\.js$/, '.d.ts')))
      .map(({ to }) => `${path}: ${to}`),
  );
  expect(lost).toEqual([]);
});

test('a command loads no declaration of a record, only what the package has of them', () => {
  const packed = new Set(
    Array.from(
      /dist\/src\/records\/\{(.*)\}\.js/.exec(packageFile.files.join('\n'))?.[1]?.split(',') ?? [],
      (name) => `src/records/${name}`,
    ),
  );
  expect(packed.size).toBeGreaterThan(0);
  const isDeclaration = (path: string): boolean =>
    path.startsWith('src/records/') && !packed.has(path.replace(/\.(?:ts|js)$/, ''));
  const loaded = modules
    .filter(({ path }) => !isDeclaration(path) && !path.startsWith('bench/'))
    .flatMap(({ path, imports }) =>
      imports.filter(({ to, typeOnly }) => !typeOnly && isDeclaration(to)).map(({ to }) => `${path}: ${to}`),
    );
  expect(loaded).toEqual([]);
});

/** The shapes of objects and of values are read by one recursion in two files. */
const oneRecursion = ['src/assembly/root-shape.ts', 'src/assembly/value-shape.ts'];

test('no module imports itself by way of others, types included, but for the endpoints of the simulator', () => {
  const members = new Set(cyclesIn(modules).flatMap((cycle) => cycle.split(' -> ')));
  expect([...members].filter((path) => !path.startsWith('targets/simulator/')).sort()).toEqual(oneRecursion);
});

test(`no file has more than ${most} lines`, () => {
  expect(modules.filter(({ lines, path }) => lines > most && !longer.includes(path)).map(({ path }) => path)).toEqual(
    [],
  );
});

test('every library that has a single home is used there', () => {
  const used = new Set(modules.flatMap(({ imports }) => imports.map(({ to }) => to)));
  const single = Object.keys(homes).filter((name) => homes[name]?.length === 1 && homes[name][0]?.endsWith('.ts'));
  expect(single.filter((name) => !used.has(name))).toEqual([]);
});

test('src/ names no service and no resource, but for modules with a reason', () => {
  expect(modulesNamingServices()).toEqual(Object.values(exceptions).flat().sort());
});

test.each([
  [`const path = '/servers/{id}';`, ['/servers/{id}']],
  [`export const maxVolumes = 3; // of a server`, ['maxVolumes']],
  ['const text = `volume ${id} of`;', ['volume ']],
  [`import { volume } from './volume.ts';\n/** A server. */\nconst computed = serverless;`, []],
])('the names in %s are found', (text, names) => {
  expect(namesIn(text)).toEqual(names);
});

const offences = [
  ['src/contract/a.ts', `import { x } from '../schema/match.ts';`, 'must not import src/schema/match.ts at run time'],
  ['src/contract/a.ts', `import type { X } from '../report/record.ts';`, 'must not import src/report/record.ts'],
  ['src/contract/a.ts', `export { x } from '../../cli/errors.ts';`, 'must not import cli/errors.ts at run time'],
  ['src/contract/a.ts', `type X = import('../client/exchange.ts').Exchange;`, 'must not import src/client/exchange.ts'],
  ['src/microversion.ts', `import type { Json } from './json.ts';`, 'must not import src/json.ts'],
  ['src/unheard-of/a.ts', `import { x } from '../json.ts';`, 'belongs to no known layer'],
  ['src/target/a.ts', `import { x } from '../execution/poll.ts';`, 'must not import src/execution/poll.ts at run time'],
  ['suites/compute/a.ts', `import { x } from '../../src/client/http-client.ts';`, 'at run time'],
  ['suites/compute/a.ts', `import { x } from '../../targets/simulator/index.ts';`, 'at run time'],
  ['reporters/a.ts', `import { x } from '../src/clauses/clause.ts';`, 'at run time'],
  ['targets/simulator/a.ts', `import type { Json } from '../../src/json.ts';`, 'must not import src/json.ts'],
  ['src/target/a.ts', `const { request } = await import('undici');`, 'must not use undici'],
  ['src/report/a.ts', `import { readFileSync } from 'node:fs';`, 'must not use node:fs'],
  ['src/report/a.ts', `import { readFile } from 'node:fs/promises';`, 'must not use node:fs'],
  ['src/report/a.ts', `import Ajv from 'ajv/dist/2020.js';`, 'must not use ajv'],
  ['suites/a.ts', `import { startVitest } from 'vitest/node';`, 'must not use vitest/node'],
  ['cli/a.ts', `import express from 'express';`, 'uses express, which has no home yet'],
  ['src/report/a.ts', `export const at = new Date();`, 'must not use new Date()'],
  ['src/report/a.ts', `export const at = Date.now();`, 'must not use Date.now'],
  ['src/report/a.ts', `export const home = process.env.HOME;`, 'must not use process'],
  ['cli/a.ts', `await fetch('http://example.org');`, 'must not use fetch'],
] as const;

test.each(offences)('%s is refused %s', (path, text, expected) => {
  const found = offencesOf(readModule(path, text));
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(expected);
});

const allowed = [
  ['suites/compute/a.ts', `import type { Exchange } from '../../src/client/exchange.ts';`],
  ['suites/compute/a.ts', `import { type Exchange } from '../../src/client/exchange.ts';`],
  ['reporters/a.ts', `import type { CaseResult } from '../src/execution/run-case.ts';`],
  ['src/report/a.ts', `export const at = new Date(0);`],
] as const;

test.each(allowed)('%s may have %s', (path, text) => {
  expect(offencesOf(readModule(path, text))).toEqual([]);
});

test.each(['import', 'import type'])('a cycle of `%s` is reported with all its modules', (keyword) => {
  const cycle = [
    readModule('src/a.ts', `import { b } from './b.ts';`),
    readModule('src/b.ts', `import { c } from './c.ts';`),
    readModule('src/c.ts', `${keyword} { a } from './a.ts';`),
  ];
  expect(cyclesIn(cycle)).toEqual(['src/a.ts -> src/b.ts -> src/c.ts -> src/a.ts']);
});

/** Who may import whom, which library lives where, and who may touch the world outside. */
import type { Import, Module } from './modules.ts';

/** `types`: only what is erased when the program runs. */
interface Allowance {
  readonly prefix: string;
  readonly types?: true;
}

interface Direction {
  /** The first entry whose prefix fits a module speaks for it. */
  readonly of: string;
  readonly may: readonly Allowance[];
}

const any = (...prefixes: readonly string[]): readonly Allowance[] => prefixes.map((prefix) => ({ prefix }));
const types = (...prefixes: readonly string[]): readonly Allowance[] =>
  prefixes.map((prefix) => ({ prefix, types: true }));

const bottom = [
  'group-by',
  'json',
  'diagnostic',
  'microversion',
  'line-positions',
  'near-word',
  'repeated-key',
  'yaml',
  'yaml-fields',
  'yaml-json',
].map((name) => `src/${name}.ts`);

const everything = any('src/', 'cli/', 'runner/', 'suites/', 'reporters/', 'targets/');

/** Cases: what they are, which are run, how one is run, and what it is run on. */
const core = ['src/clauses/', 'src/planning/', 'src/execution/', 'src/resources/'];

export const directions: readonly Direction[] = [
  { of: 'src/microversion.ts', may: [] },
  ...bottom.map((file) => ({ of: file, may: any(...bottom) })),
  { of: 'src/contract/', may: any('src/contract/', ...bottom) },
  { of: 'src/schema/', may: any('src/schema/', 'src/contract/', ...bottom) },
  { of: 'src/records/', may: any('src/records/', 'src/schema/', 'src/contract/', ...bottom) },
  { of: 'src/client/', may: any('src/client/', 'src/records/', 'src/contract/', ...bottom) },
  { of: 'src/reference/', may: any('src/reference/', 'src/contract/', ...bottom) },
  { of: 'src/assembly/', may: any('src/assembly/', 'src/reference/', 'src/contract/', ...bottom) },
  {
    of: 'src/reference-diff/',
    may: [
      ...any('src/reference-diff/', 'src/assembly/', 'src/reference/', 'src/contract/', ...bottom),
      ...types('src/records/'),
    ],
  },
  { of: 'src/openapi/', may: any('src/openapi/', 'src/schema/', 'src/contract/', ...bottom) },
  {
    of: 'src/lint/',
    may: [...any('src/lint/', 'src/assembly/', 'src/reference/', 'src/contract/', ...bottom), ...types('src/records/')],
  },
  {
    of: 'src/import/',
    may: [
      ...any('src/import/', 'src/assembly/', 'src/reference/', 'src/contract/', ...bottom),
      ...types('src/records/'),
    ],
  },
  { of: 'src/target/', may: any('src/target/', 'src/client/', 'src/contract/', ...bottom) },
  ...core.map((folder) => ({
    of: folder,
    may: any(...core, 'src/records/', 'src/target/', 'src/client/', 'src/schema/', 'src/contract/', ...bottom),
  })),
  {
    of: 'src/report/',
    may: any('src/report/', 'src/records/', ...core, 'src/client/', 'src/contract/', ...bottom),
  },
  {
    of: 'src/spec-coverage/',
    may: any('src/spec-coverage/', 'src/report/', 'src/records/', ...core, 'src/contract/', ...bottom),
  },
  {
    of: 'src/mutation/',
    may: any('src/mutation/', 'src/records/', ...core, 'src/schema/', 'src/client/', 'src/contract/', ...bottom),
  },
  { of: 'runner/', may: everything },
  {
    of: 'suites/',
    may: [
      ...any('suites/', ...core, 'src/contract/', 'src/group-by.ts', 'src/json.ts', 'src/microversion.ts'),
      ...types('src/client/'),
    ],
  },
  {
    of: 'api/',
    may: [...any(...core, 'src/json.ts', 'suites/'), ...types('src/client/', 'src/records/', 'src/report/')],
  },
  {
    of: 'reporters/',
    may: [...any('reporters/', 'src/report/', 'src/diagnostic.ts', 'src/group-by.ts'), ...types('src/')],
  },
  { of: 'targets/simulator/', may: any('targets/simulator/', 'src/microversion.ts') },
  { of: 'cli/', may: everything },
  // It measures whole commands from outside: of the product it takes words and records, and nothing that a command does.
  {
    of: 'bench/',
    may: [
      ...any('bench/', 'cli/errors.ts', 'cli/package-root.ts', 'cli/whole-number.ts'),
      ...any('src/clauses/identity.ts', 'src/report/printable.ts'),
      ...types('src/records/', 'src/report/'),
    ],
  },
];

/** Each third-party library, and the effects that only some modules may have: by the name that is imported. */
export const homes: Readonly<Record<string, readonly string[]>> = {
  undici: ['src/client/http-client.ts'],
  ajv: ['src/schema/', 'src/records/compiled-parsers.d.ts'],
  'typebox/type': ['src/records/declare.ts'],
  yaml: ['src/yaml.ts', 'cli/verbs/simulator.ts'],
  'find-my-way': ['targets/simulator/'],
  commander: ['bench/main.ts', 'cli/'],
  'vitest/node': ['runner/start-vitest.ts', 'runner/vitest-bridge.ts'],
  vitest: ['runner/cases.test.ts', 'runner/confirm-cases.ts', 'runner/vitest-context.d.ts'],
  'fast-xml-builder': ['reporters/'],
  'har-format': ['reporters/'],
  picocolors: ['reporters/'],
  sarif: ['reporters/'],
  htm: ['reporters/html/markup.ts'],
  preact: ['reporters/html.ts', 'reporters/html/'],
  'preact-render-to-string': ['reporters/html.ts'],
  'allure-js-commons': ['reporters/'],
  'allure-vitest': ['reporters/'],
  'node:fs': ['bench/', 'cli/', 'reporters/html/assets.ts', 'runner/cases.test.ts', 'src/reference/load-tree.ts'],
  'node:path': ['bench/', 'cli/', 'reporters/html/assets.ts', 'src/reference/load-tree.ts'],
  'node:os': ['bench/main.ts', 'cli/'],
  'node:url': ['bench/measure.ts', 'cli/', 'reporters/html/assets.ts'],
  'node:module': ['cli/extension-suites/'],
  'node:http': ['targets/simulator/server.ts', 'cli/mutation-test/tampering-proxy.ts'],
  'node:net': ['targets/simulator/server.ts', 'cli/mutation-test/tampering-proxy.ts', 'src/client/no-proxy.ts'],
  'node:worker_threads': ['cli/mutation-test/'],
  'node:child_process': ['bench/measure.ts', 'bench/simulator-apart.ts', 'cli/verify/ssh-signature.ts'],
  tar: ['cli/bundle/', 'cli/verify/'],
  'node:util': ['cli/bundle/', 'cli/verify/'],
  'node:tls': ['src/client/http-client.ts'],
  'node:timers/promises': [
    'runner/cases.test.ts',
    'src/client/request-policy.ts',
    'src/execution/',
    'src/resources/',
    'suites/',
  ],
  'node:async_hooks': ['src/client/send-patiently.ts', 'src/execution/inputs.ts'],
  'node:zlib': ['cli/own-contract.ts'],
  'node:crypto': ['cli/', 'reporters/', 'src/', 'suites/', 'targets/simulator/'],
};

/** What needs no import to be reached for, and who may. */
export const ambientHomes: Readonly<Record<string, readonly string[]>> = {
  fetch: [],
  process: ['bench/', 'cli/', 'runner/start-vitest.ts'],
  'Math.random': [],
  'Date.now': ['cli/', 'runner/cases.test.ts', 'targets/simulator/'],
  'new Date()': ['bench/main.ts', 'cli/', 'runner/cases.test.ts', 'targets/simulator/'],
};

/** Sentences about what a module does that it may not. */
export function offencesOf(module: Module): readonly string[] {
  return [
    ...module.imports.flatMap((found) => (found.local ? directionOffence(module, found) : homeOffence(module, found))),
    ...module.ambient.flatMap((name) => placeOffence(module, name, ambientHomes[name])),
  ];
}

function directionOffence({ path }: Module, { to, typeOnly }: Import): readonly string[] {
  const direction = directions.find(({ of }) => path.startsWith(of));
  if (!direction) return [`${path} belongs to no known layer`];
  const fits = direction.may.some(({ prefix, types: only }) => to.startsWith(prefix) && (typeOnly || !only));
  return fits ? [] : [`${path} must not import ${to}${typeOnly ? '' : ' at run time'}`];
}

function homeOffence(module: Module, { to }: Import): readonly string[] {
  const name = homes[to] ? to : packageOf(to);
  return placeOffence(module, name, homes[name]);
}

function placeOffence({ path }: Module, name: string, places: readonly string[] | undefined): readonly string[] {
  if (!places) return [`${path} uses ${name}, which has no home yet`];
  return places.some((place) => path.startsWith(place)) ? [] : [`${path} must not use ${name}`];
}

/** `ajv/dist/2020.js` is of `ajv`, `node:fs/promises` of `node:fs`. */
function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

/** Each circle of imports once, as the path around it; imports of types alone make none. */
export function cyclesIn(modules: readonly Module[]): readonly string[] {
  const next = new Map(
    modules.map(({ path, imports }) => [path, imports.filter(({ local }) => local).map(({ to }) => to)]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) cycles.push([...trail.slice(at), path].join(' -> '));
    if (at >= 0 || done.has(path)) return;
    for (const to of next.get(path) ?? []) walk(to, [...trail, path]);
    done.add(path);
  };
  for (const { path } of modules) walk(path, []);
  return cycles;
}

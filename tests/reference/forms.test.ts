/**
 * Forms of references that are not Nova's, one small tree each in `forms/`: what is read of it, what is reported, and
 * that every sample matches the schema of the microversions that it stands for; read from the texts, and read back
 * from the facts that an import makes of them.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withFacts } from '../../cli/service-specs.ts';
import { assembleContract } from '../../src/assembly/assemble.ts';
import type { ServiceManifest } from '../../src/assembly/model.ts';
import { readManifest } from '../../src/assembly/read-manifest.ts';
import type { Contract, ContractSample, Operation } from '../../src/contract/model.ts';
import { bodiesOf } from '../../src/contract/members.ts';
import { revisionAt } from '../../src/contract/questions.ts';
import { planImport } from '../../src/import/plan-import.ts';
import { lintTree } from '../../src/lint/lint-tree.ts';
import { formatRange, microversion, type Microversion } from '../../src/microversion.ts';
import { openApiDocument } from '../../src/openapi/document.ts';
import { loadTree } from '../../src/reference/load-tree.ts';
import type { Reference } from '../../src/reference/model.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { treeOf } from '../../src/reference/tree.ts';
import { schemaStore } from '../../src/schema/schema-store.ts';
import { allErrors } from '../../src/schema/validators.ts';
import { sketch } from '../assembly/sketch.ts';
import { tinyManifest } from '../assembly/tiny-reference.ts';

const forms = new URL('forms/', import.meta.url).pathname;

interface Expected {
  /** `ID: METHOD /path RANGE: codes; query; response`, one line each. */
  readonly operations: readonly string[];
  /** Errors and warnings of reader and lint. */
  readonly told?: readonly string[];
  /** Files with the microversions that they stand for. */
  readonly samples?: readonly string[];
}

const plain = 'odd/list-things: GET /things 2.1-: 200; {things: [{name: string}]}';
const one = ['list-resp.json 2.1-'];

const table: Readonly<Record<string, Expected>> = {
  'argument-on-next-line': { operations: [plain] },
  'array-of-texts-gets-members': {
    operations: [
      'odd/list-things: GET /things 2.1-: 200; {things: [{name: string, kinds: [string], weight?: integer}]}',
    ],
  },
  'error-codes-label': { operations: ['odd/list-things: GET /things 2.1-: 200 400 404; {things: [{name: string}]}'] },
  'fragment-that-nothing-includes': { operations: [plain], told: ['lost.inc:1:1 warning unreachable-fragment'] },
  'keys-of-a-map': {
    operations: ['odd/list-things: GET /things 2.1-: 200; {things: [{name: string}], sizes: {*: {width: integer}}}'],
  },
  'min-version-null': {
    operations: ['odd/list-things: GET /things 2.1-: 200; {things: [{name: string, size?: integer}]}'],
  },
  'one-slip-stops-all': {
    operations: ['odd/list-things: GET /things 1.0-: 200; {things@1.0-: [{name@1.0-: string, colour@1.0-: string}]}'],
    told: ['list-resp.json:1:25 error sample-not-json', 'things.inc:1:1 warning body-without-sample'],
    samples: [],
  },
  'query-in-the-call': {
    operations: ['odd/list-things: GET /things 2.1-: 200; ?host; {things: [{name: string}]}'],
  },
  'same-title-twice': {
    operations: [
      'odd/list-things-in-things: GET /things 2.1-: 200; {things: [{name: string}]}',
      'odd/list-things-in-things-2: GET /all 2.1-: 200; {things: [{name: string}]}',
    ],
    told: ['things.inc:20:1 warning repeated-title'],
    samples: ['list-resp.json 2.1-', 'list-resp.json 2.1-'],
  },
  'sample-that-is-no-json': { operations: [plain] },
  'sample-version-from-heading': {
    operations: ['odd/list-things: GET /things 2.1-: 200; {things: [{name: string, colour@2.5-: string}]}'],
    samples: ['list-resp.json 2.1-2.4', 'list-resp-2.5.json 2.5-'],
  },
  'side-titles-at-the-operations-level': {
    operations: [plain, 'odd/show-a-thing: GET /things/{thing_id} 2.1-: 200; {name: string, weight?: integer}'],
    told: ['things.inc:20:1 warning body-without-sample'],
  },
  'todo-comment': { operations: [plain] },
  'unversioned-sample-is-the-newest': {
    operations: ['odd/list-things: GET /things 2.1-: 200; {things: [{name: string, colour@2.5-: string}]}'],
    samples: ['list-resp.json 2.5-'],
  },
  'unversioned-service': {
    operations: ['odd/list-things: GET /things 1.0-: 200; {things@1.0-: [{name@1.0-: string, colour@1.0-: string}]}'],
    samples: ['list-resp.json 1.0-'],
  },
  'versionadded-is-a-range': {
    operations: ['odd/list-things: GET /things 2.5-: 200; {things@2.5-: [{name@2.5-: string, colour?@2.5-: string}]}'],
    samples: ['list-resp.json 2.5-'],
  },
  'words-after-a-code': { operations: ['odd/list-things: GET /things 2.1-: 200 404 409; {things: [{name: string}]}'] },
};

test('each form has its row', () => {
  expect(Object.keys(table)).toEqual(readdirSync(forms).sort());
});

test.each(Object.entries(table))('%s', (name, { operations, told = [], samples = one }) => {
  const tree = loadTree(`${forms}${name}`);
  const reference = readReference(tree);
  const manifest = manifestOf(name);
  const { contract } = assembleContract(reference, manifest);
  expect(contract.operations.map(summary)).toEqual(operations);
  expect(contract.operations.flatMap((operation) => operation.samples.map(sampleSummary))).toEqual(samples);
  expect(missesOf(contract)).toEqual([]);

  const report = lintTree(tree).diagnostics.filter(({ severity }) => severity !== 'info');
  const places = report
    .filter(({ code }) => !beside.includes(code))
    .map(({ at, severity, code }) => `${at.file}:${at.line}:${at.column} ${severity} ${code}`);
  expect(places).toEqual(told);

  const back = assembleContract(...importedFrom(reference, manifest)).contract;
  expect(back.operations.map(summary)).toEqual(operations);
  expect(missesOf(back)).toEqual([]);
});

test.each([
  ['/v3/{project_id}', '/v3/{tenant_id}/things/{thing_id}', '/things/{thing_id}', ['thing_id']],
  ['/v3/{project_id}', '/v3/{project_id}', '/', []],
  ['/v3', '/v3/things/{thing_id}', '/things/{thing_id}', ['thing_id']],
  ['/v3', '/v30/things/{thing_id}', '/v30/things/{thing_id}', ['thing_id']],
])('a path without %s, which the endpoint has already: %s', (prefix, path, left, names) => {
  const text = `Show\n====\n\n.. rest_method:: GET ${path}\n\nRequest\n-------\n\n.. rest_parameters:: parameters.yaml\n\n`;
  const places = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const definition = (name: string): string =>
    `${name}:\n  description: Which.\n  in: path\n  required: true\n  type: string\n`;
  const files = {
    'things.inc': text + places.map((name) => `   - ${name}: ${name}\n`).join(''),
    'parameters.yaml': places.map(definition).join(''),
  };
  const { contract } = assembleContract(readReference(treeOf(files)), { ...tinyManifest, pathPrefixes: [prefix] });
  const [operation] = contract.operations;
  expect(operation?.path).toBe(left);
  expect(operation?.revisions[0].request.path.map(({ name }) => name)).toEqual(names);
});

test('an OpenAPI document of a service without microversions names none', () => {
  const reference = readReference(loadTree(`${forms}unversioned-service`));
  const { contract } = assembleContract(reference, manifestOf('unversioned-service'));
  expect(openApiDocument(contract, microversion('1.0')).info).toMatchObject({ title: 'Odd', version: 'one' });
});

/** Each tree has definitions that only others use, and no error codes. */
const beside: readonly string[] = [
  'unused-definition',
  'identical-definition',
  'unquoted-version',
  'sample-lacks-field',
];

function manifestOf(name: string): ServiceManifest {
  const file = `${forms}${name}/service.yaml`;
  if (!existsSync(file)) return { ...tinyManifest, service: 'odd' };
  const { manifest } = readManifest(readFileSync(file, 'utf8'), file);
  if (!manifest) throw new Error(`${file} cannot be read`);
  return manifest;
}

/** The reference and the manifest after an import into specs that have nothing else. */
function importedFrom(reference: Reference, manifest: ServiceManifest): readonly [Reference, ServiceManifest] {
  const own = readReference(treeOf({}));
  const { files, entries } = planImport({ reference, folder: '', own, manifest, before: [] });
  const at = { file: 'service.yaml', line: 1, column: 1 };
  return [withFacts(own, files), { ...manifest, operations: entries.map((entry) => ({ ...entry, at })) }];
}

function summary({ id, method, path, range, revisions }: Operation): string {
  const { request, responses: answers, errors } = revisions.at(-1) ?? revisions[0];
  const codes = [...answers, ...errors].map(({ status }) => status).join(' ');
  const query = request.query.map((parameter) => `?${parameter.name}; `).join('');
  const bodies = answers.map(({ body }) => (body.kind === 'json' ? sketch(body.shape) : body.kind));
  return `${id}: ${method} ${path} ${formatRange(range)}: ${codes}; ${query}${bodies.join()}`;
}

function sampleSummary({ file, range }: ContractSample): string {
  return `${file} ${formatRange(range)}`;
}

/** Samples beside the schemas of the first and the last revision that they stand for. */
function missesOf(contract: Contract): readonly string[] {
  const store = schemaStore(contract);
  return contract.operations.flatMap((operation) =>
    operation.samples.flatMap((sample) => {
      const versions: readonly Microversion[] = [sample.range.first, sample.range.last ?? sample.range.first];
      return versions.flatMap((version) => {
        const revision = revisionAt(operation, version);
        const [answer] = revision?.responses ?? [];
        const content = answer && store.response(operation.id, version, answer.status);
        if (!revision || content?.kind !== 'json' || bodiesOf(revision, 'response').length === 0)
          return [`${sample.file}: no body`];
        return allErrors(content.schema, sample.value).map(
          (error) => `${sample.file}${error.instancePath} ${error.message ?? ''}`,
        );
      });
    }),
  );
}

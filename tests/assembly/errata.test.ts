import { expect, test } from 'vitest';
import type { Assembly } from '../../src/assembly/assemble.ts';
import type { ErratumEntry } from '../../src/assembly/model.ts';
import { readErrata } from '../../src/assembly/read-errata.ts';
import { writeContract } from '../../src/contract/contract-file.ts';
import type { OperationId } from '../../src/contract/model.ts';
import { membersOf } from '../../src/contract/members.ts';
import { formatRange } from '../../src/microversion.ts';
import {
  assembleImported,
  assembleOwn,
  errata,
  errataReading,
  importedErrata,
  wholeManifest,
} from './compute-specs.ts';

const whole = assembleOwn();
const promises = ({ draft }: Assembly): string => writeContract({ ...draft, errata: [] });

test('the errata are read without a diagnostic', () => {
  expect(errataReading.diagnostics).toEqual([]);
});

/** What the errata make of the operations; each set of them is assembled once. */
const imported = memo((ids: string) => promises(assembleImported(importedErrata, ids.split(' ') as OperationId[])));

function memo(make: (key: string) => string): (key: string) => string {
  const made = new Map<string, string>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

test.each(importedErrata.flatMap(({ id, changes }) => changes.map((change, index) => [id, index, change] as const)))(
  'change %2$s of %1$s, on an imported operation, changes the contract',
  (id, _, change) => {
    const thinned = importedErrata.map((erratum) => {
      return erratum.id === id ? { ...erratum, changes: erratum.changes.filter((other) => other !== change) } : erratum;
    });
    const without = promises(assembleImported(thinned, change.operations));
    expect(without).not.toBe(imported(change.operations.join(' ')));
  },
);

const editing = errata.filter(({ changes }) => changes.length > 0);

test.each(editing.map((erratum) => [erratum.id, erratum] as const))('%s changes the contract', (_, erratum) => {
  const without = assembleOwn(errata.filter((other) => other !== erratum));
  expect(promises(without)).not.toBe(promises(whole));
});

test.each(editing.flatMap(({ id, changes }) => changes.map((change, index) => [id, index, change] as const)))(
  'change %2$s of %1$s changes the contract',
  (id, _, change) => {
    const thinned = errata.map((erratum) => {
      return erratum.id === id ? { ...erratum, changes: erratum.changes.filter((other) => other !== change) } : erratum;
    });
    expect(promises(assembleOwn(thinned))).not.toBe(promises(whole));
  },
);

test('every erratum speaks of operations of the manifest', () => {
  const ids = wholeManifest().operations.map(({ id }) => id);
  expect(errata.flatMap(({ operations }) => operations).filter((id) => !ids.includes(id))).toEqual([]);
});

test('every erratum is in the contract, in the order of the file', () => {
  expect(whole.contract.errata.map(({ id }) => id)).toEqual(errata.map(({ id }) => id));
});

const entry = (changes: string, operations = 'compute/attach-volume'): string => `
- id: tried
  operations: [${operations}]
  says: a
  seen: b
  since: 2.1
  evidence: c
  reading: d
  changes:
    - ${changes}
`;

const missed = [
  [
    'a member that is not there',
    'change: member\n      in: request\n      at: /volumeAttachment/size\n      required: true',
  ],
  [
    'a member below one that is no object',
    'change: member\n      in: request\n      at: /volumeAttachment/tag/x\n      required: true',
  ],
  [
    'a new member that is there',
    'change: new-member\n      in: request\n      at: /volumeAttachment/tag\n      type: string',
  ],
  ['a new member of no object', 'change: new-member\n      in: request\n      at: /other/tag\n      type: string'],
  ['no member, where there is none', 'change: no-member\n      in: request\n      at: /volumeAttachment/odd'],
  ['a query parameter that is not there', 'change: parameter\n      in: query\n      at: limit\n      minimum: 0'],
  ['no query parameter, where there is none', 'change: no-parameter\n      in: query\n      at: limit'],
  [
    'a new query parameter that is there',
    'change: new-parameter\n      operations: [compute/list-volume-attachments]\n      in: query\n      at: limit\n      type: integer',
  ],
  ['no header, where there is none', 'change: no-header\n      status: 200\n      at: Location'],
  ['a success code in place of one that is not there', 'change: success\n      status: 201\n      instead-of: 203'],
  ['a success code where the text has one', 'change: success\n      status: 201'],
  ['a body of a status that is not there', 'change: no-body\n      status: 204'],
  ['an error that is there', 'change: new-error\n      status: 409'],
  ['microversions before the operation', 'change: availability\n      range: 1.1-1.9'],
] as const;

test.each(missed)('an erratum about %s is reported at its line', (_, change) => {
  const { errata: tried, diagnostics } = readErrata(entry(change), 'errata.yaml');
  expect(diagnostics).toEqual([]);
  const found = assembleOwn(tried).diagnostics;
  expect(found.map(({ severity, code, at }) => [severity, code, at.line])).toEqual([['error', 'erratum-target', 10]]);
});

test.each([
  ['change: no-member\n      in: request\n      at: /volumeAttachment/tag', 'never'],
  ['change: no-member\n      in: request\n      at: /volumeAttachment/tag\n      range: 2.60-', '2.49-2.59 optional'],
  [
    'change: member\n      in: request\n      at: /volumeAttachment/tag\n      required: true\n      range: 2.60-2.70',
    '2.49-2.59 optional, 2.60-2.70 required, 2.71- optional',
  ],
])('a change of a range touches nothing else: %s', (change, expected) => {
  const { errata: tried } = readErrata(entry(change), 'errata.yaml');
  const draft = assembleOwn(tried).draft.operations.find(({ id }) => id === 'compute/attach-volume');
  const body = draft?.request.body;
  const tags = (body?.kind === 'json' ? membersOf(body.shape) : []).filter(({ path }) => path.at(-1) === 'tag');
  const told = tags.map(({ member }) => `${formatRange(member.range)} ${member.required ? 'required' : 'optional'}`);
  expect(told.join(', ') || 'never').toBe(expected);
});

test('a new member may be a list', () => {
  const change = 'change: new-member\n      in: request\n      at: /volumeAttachment/odd\n      type: array';
  const { contract } = assembleOwn(readErrata(entry(change), 'errata.yaml').errata);
  expect(JSON.stringify(contract)).toContain('"name":"odd","required":false,"shape":{"type":"array"');
});

test('a new member may be an object with any keys, also in one that may be a text instead', () => {
  const changes = `change: member
      in: request
      at: /volumeAttachment
      also: { type: string }
    - change: new-member
      in: request
      at: /volumeAttachment/odd
      type: object`;
  const { contract } = assembleOwn(readErrata(entry(changes), 'errata.yaml').errata);
  const attach = contract.operations.find(({ id }) => id === 'compute/attach-volume');
  const body = attach?.revisions[0].request.body;
  const odd = (body?.kind === 'json' ? membersOf(body.shape) : []).find(({ path }) => path.at(-1) === 'odd');
  expect(odd?.member.shape).toEqual({ type: 'object', nullable: false, members: [], open: true });
});

test('a member may have any value, at some microversions', () => {
  const change =
    'change: member\n      in: request\n      at: /volumeAttachment\n      any: true\n      range: 2.1-2.48';
  const { contract } = assembleOwn(readErrata(entry(change), 'errata.yaml').errata);
  const attach = contract.operations.find(({ id }) => id === 'compute/attach-volume');
  const types = attach?.revisions.map(({ range, request: { body } }) => {
    const [member] = body.kind === 'json' ? membersOf(body.shape) : [];
    return [formatRange(range), member?.member.shape.type];
  });
  expect(types?.[0]).toEqual(['2.1-2.48', 'any']);
  expect(types?.slice(1).map(([, type]) => type)).toEqual(types?.slice(1).map(() => 'object'));
});

test.each([true, false])('whether an object may have other keys: %s', (open) => {
  const change = `change: member\n      in: request\n      at: /volumeAttachment\n      open: ${open}`;
  const { contract } = assembleOwn(readErrata(entry(change), 'errata.yaml').errata);
  const attach = contract.operations.find(({ id }) => id === 'compute/attach-volume');
  const found = attach?.revisions.flatMap(({ request: { body } }) => {
    const members = body.kind === 'json' ? membersOf(body.shape) : [];
    return members.flatMap(({ path, member: { shape } }) =>
      path.length === 1 && shape.type === 'object' ? [shape] : [],
    );
  });
  expect(found?.map((shape) => shape.open)).toEqual(attach?.revisions.map(() => open));
});

test('a success code in place of another has its body and its microversions', () => {
  const change = 'change: success\n      status: 203\n      instead-of: 200';
  const responses = (errata: readonly ErratumEntry[]): readonly (readonly [number, string, string])[] => {
    const { operations } = assembleOwn(errata).draft;
    const attach = operations.find(({ id }) => id === 'compute/attach-volume');
    return (attach?.responses ?? []).map(({ status, body, range }) => [status, body.kind, formatRange(range)]);
  };
  expect(responses(readErrata(entry(change), 'errata.yaml').errata)).toEqual(
    responses([]).map(([status, ...rest]) => [status === 200 ? 203 : status, ...rest]),
  );
});

test('a new query parameter, at some microversions', () => {
  const change = 'change: new-parameter\n      in: query\n      at: odd\n      type: string\n      range: 2.60-';
  const { contract } = assembleOwn(readErrata(entry(change, 'compute/list-volume-attachments'), 'errata.yaml').errata);
  const list = contract.operations.find(({ id }) => id === 'compute/list-volume-attachments');
  const having = list?.revisions.filter(({ request }) => request.query.some(({ name }) => name === 'odd'));
  expect(having?.map(({ range }) => formatRange(range)).at(0)).toMatch(/^2\.60-/);
  expect(having?.at(-1)?.range.last).toBeUndefined();
});

test('a query parameter may be none of the operation', () => {
  const change = 'change: no-parameter\n      in: query\n      at: limit';
  const { contract } = assembleOwn(readErrata(entry(change, 'compute/list-volume-attachments'), 'errata.yaml').errata);
  const list = contract.operations.find(({ id }) => id === 'compute/list-volume-attachments');
  const names = new Set(list?.revisions.flatMap(({ request }) => request.query.map(({ name }) => name)));
  expect([...names]).toEqual(['offset']);
});

test('a change below a member that has several forms edits the form that has the place', () => {
  const also = `change: member
      in: request
      at: /volumeAttachment
      also: { type: string }
    - change: member
      in: request
      at: /volumeAttachment/tag
      required: true`;
  const draft = assembleOwn(readErrata(entry(also), 'errata.yaml').errata).draft.operations.find(
    ({ id }) => id === 'compute/attach-volume',
  );
  const body = draft?.request.body;
  const tags = (body?.kind === 'json' ? membersOf(body.shape) : []).filter(({ path }) => path.at(-1) === 'tag');
  expect(tags.map(({ member }) => member.required)).toEqual([true]);
});

test('an erratum about an unknown operation is reported', () => {
  const { errata: tried } = readErrata(entry('change: no-body\n      status: 200', 'compute/nothing'), 'errata.yaml');
  expect(assembleOwn(tried).diagnostics.map(({ code }) => code)).toEqual(['absent-operation']);
});

const broken = [
  ['not-an-id', entry('change: no-body\n      status: 200', 'nothing')],
  ['erratum-change', entry('change: magic')],
  ['erratum-change', entry('change: no-body\n      status: ok')],
  ['erratum-change', entry('change: availability')],
  ['erratum-change', entry('change: member\n      in: both\n      at: /a')],
  ['erratum-change', entry('change: member\n      in: request\n      at: a')],
  ['erratum-change', entry('change: member\n      in: request\n      at: /a\n      minLength: many')],
  ['erratum-change', entry('change: new-member\n      in: request\n      at: /a\n      type: thing')],
  ['erratum-change', entry('change: parameter\n      in: body\n      at: a')],
  ['erratum-change', entry('change: new-parameter\n      in: query\n      at: a\n      type: thing')],
  ['missing-key', entry('change: no-header\n      status: 204')],
  ['erratum-change', entry('change: success\n      status: 200\n      instead-of: ok')],
  ['erratum-change', entry('change: unknown-query\n      rule: perhaps')],
  ['not-a-range', entry('change: unknown-query\n      rule: ignored\n      range: 2.9-2.1')],
  ['misspelt-key', entry('change: no-body\n      statuss: 200\n      status: 200')],
  ['repeated-erratum', entry('change: no-body\n      status: 200') + entry('change: no-body\n      status: 200')],
  ['missing-key', '- id: half\n  operations: []\n'],
  ['yaml-kind', 'id: alone\n'],
] as const;

test.each(broken)('%s: a broken errata file is told with its place', (code, text) => {
  const { diagnostics } = readErrata(text, 'errata.yaml');
  expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
  expect(diagnostics.every(({ at }) => at.file === 'errata.yaml' && at.line > 0)).toBe(true);
});

test('an empty errata file has no errata', () => {
  expect(readErrata('', 'errata.yaml')).toEqual({ errata: [], diagnostics: [] });
});

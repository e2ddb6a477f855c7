/** A run as a baseline: what cases share falls to each in part, and to be shown by a list means nothing. */
import { expect, test } from 'vitest';
import type { Exchange } from '../../src/client/exchange.ts';
import type { LedgerEntry } from '../../src/records/ledger.ts';
import type { NonEmpty } from '../../src/json.ts';
import { baselineOf } from '../../src/report/baseline-of.ts';
import type { CaseReport } from '../../src/records/report.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { fixedRecord } from '../reporters/fixed-record.ts';

const id = (digit: number): string => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
const [paused, shared, kept, free, put] = [id(1), id(2), id(3), id(4), id(5)];

const kinds = [
  { type: 'server', labels: { plain: ['shared'], bare: ['shared'] } },
  { type: 'volume', pooled: true as const },
];

const made = (type: string, name: string, thing: string): LedgerEntry => ({
  ...{ event: 'created', type, name: `osc-1-${name}`, id: thing, at: '2026-01-01T00:00:00.000Z' },
});
const ledger = [
  made('server', 'server-1-paused', paused),
  made('server', 'server-2-shared', shared),
  ...[kept, free, put].map((volume, index) => made('volume', `volume-${index + 3}`, volume)),
];

const asked = (name: string, url: string, body?: string): Exchange => ({
  ...{ id: name, purpose: 'act', identity: 'member', startedAt: '2026-01-01T00:00:02.000Z', durationMs: 5 },
  request: { method: 'GET', url, headers: [], ...(body === undefined ? {} : { body }) },
  response: { status: 200, headers: [], body: `{"volumes":["${kept}","${free}","${put}"]}` },
});

const evidence: Readonly<Record<string, readonly Exchange[]>> = {
  a: [asked('x1', `/servers/${paused}/os-volume_attachments/${kept}`), asked('x2', '/volumes')],
  b: [asked('x3', `/servers/${paused}/os-volume_attachments/${kept}`), asked('x2', '/volumes')],
  c: [asked('x4', `/servers/${shared}/os-volume_attachments`, `{"volumeId":"${free}"}`)],
  d: [asked('x5', `/servers/${paused}/os-volume_attachments`, `{"volumeId":"${put}"}`)],
};

function runWith(ids: readonly string[]): RunRecord {
  const { report } = fixedRecord;
  const [first] = report.cases as NonEmpty<CaseReport>;
  const cases = ids.map((name): CaseReport => ({
    ...first,
    ...{ id: name, clause: `of-${name}`, evidence: `evidence/compute/${name}.ndjson:1` },
  }));
  const run = { ...report.run, startedAt: '2026-01-01T00:00:00.000Z' };
  return { ...fixedRecord, report: { ...report, run, cases }, evidence: (name) => evidence[name] ?? [] };
}

test('what cases share falls to each in part', () => {
  const baseline = baselineOf(runWith(['a', 'b', 'c', 'd']), ledger, kinds);
  expect(baseline?.clauses).toEqual({
    'of-a': { requests: 1.5, sets: { 'server paused': 1 } },
    'of-b': { requests: 1.5, sets: { 'server paused': 1 } },
    'of-c': { requests: 1, taken: { volume: 1 }, fresh: { volume: 1 }, sets: { 'server shared': 1 } },
    'of-d': { requests: 1, taken: { volume: 1 }, fresh: { volume: 1 }, sets: { 'server paused': 1 } },
  });
  expect(baseline?.sets).toEqual({
    'server shared': { type: 'server', created: 1, atOnce: 1, pooled: {}, cases: 1 },
    'server paused': { type: 'server', created: 1, atOnce: 1, pooled: { volume: 1 }, cases: 3 },
  });
  expect(baseline?.measured).toMatchObject({ cases: 4, created: { server: 2, volume: 3 }, taken: 2, startMs: 2_000 });
});

test('a run without evidence is none', () => {
  expect(baselineOf(runWith([]), ledger, kinds)).toBeUndefined();
});

/** The evidence files of a run folder: appending and reading. */
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { evidenceIn } from '../../cli/run/evidence-file.ts';
import { evidenceWriter } from '../../cli/run/evidence-writer.ts';
import type { Exchange } from '../../src/client/exchange.ts';
import type { Evidence } from '../../src/execution/reevaluate.ts';
import { emptyTranscript, type Transcript } from '../../src/execution/transcript.ts';
import { evidenceFileOf } from '../../src/report/evidence-line.ts';
import { temporaryFolder } from './run-child.ts';

const exchange = (id: string): Exchange => ({
  id,
  purpose: 'act',
  identity: 'member',
  request: { method: 'GET', url: `http://127.0.0.1/servers?marker=${id}`, headers: [] },
  response: { status: 200, headers: [['content-type', 'application/json']], body: '{"name":"Zoë"}' },
  startedAt: '2026-11-01T00:00:00.000Z',
  durationMs: 1,
});
const transcriptOf = (...exchanges: readonly string[]): Transcript => ({
  ...emptyTranscript,
  inputs: [{ asked: 0, is: 'response', exchanges }],
});
const evidenceOf = (shared: Readonly<Record<string, Transcript>>, ...ids: readonly string[]): Evidence => ({
  exchanges: ids.map(exchange),
  transcript: { inputs: [{ asked: 0, is: 'value', value: ids.length }], shared },
});

const [list, show] = ['compute/list-servers#answers-200@2.1', 'compute/show-server#answers-200@2.1'] as const;
const other = 'compute/list-servers#reply-is-json@2.1';

test('shared evidence is written once, and each case reads its own evidence', () => {
  const folder = temporaryFolder();
  const shared = { 'list@2.1': transcriptOf('x1') };
  const cases = new Map([
    [list, evidenceOf(shared, 'x1', 'x2')],
    [other, evidenceOf(shared, 'x1')],
    [show, evidenceOf(shared, 'x2', 'x3', 'x3')],
  ]);
  const keep = evidenceWriter(folder);
  const places = new Map([...cases].map(([id, evidence]) => [id, keep(id, evidence)]));
  const read = evidenceIn(folder);
  for (const [id, evidence] of cases) expect(read(id, places.get(id) ?? '')).toEqual(evidence);
  const text = [list, show].map((id) => readFileSync(join(folder, evidenceFileOf(id)), 'utf8')).join('');
  const kinds = text
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { line: string }).line);
  expect(kinds.sort()).toEqual(['case', 'case', 'case', 'exchange', 'exchange', 'exchange', 'shared']);
  expect(places.get(list)).toMatch(/^evidence\/compute\/list-servers\.ndjson:\d+$/);
});

test('an incomplete last line, left by a kill, affects neither earlier nor later lines', () => {
  const folder = temporaryFolder();
  const before = evidenceWriter(folder)(list, evidenceOf({}, 'x1'));
  appendFileSync(join(folder, evidenceFileOf(list)), '{"line":"exchange","id":"x2","purp');
  const after = evidenceWriter(folder)(other, evidenceOf({}, 'x3'));
  const read = evidenceIn(folder);
  expect(read(list, before)).toEqual(evidenceOf({}, 'x1'));
  expect(read(other, after)).toEqual(evidenceOf({}, 'x3'));
});

test('evidence that was written after the first read of the file is read', () => {
  const folder = temporaryFolder();
  const [keep, read] = [evidenceWriter(folder), evidenceIn(folder)];
  const first = keep(list, evidenceOf({}, 'x1'));
  expect(read(list, first).exchanges).toHaveLength(1);
  const second = keep(other, evidenceOf({}, 'x1', 'x2'));
  expect(read(other, second).exchanges).toHaveLength(2);
});

test('a case is read without the files of unrelated operations', () => {
  const folder = temporaryFolder();
  const keep = evidenceWriter(folder);
  const place = keep(list, evidenceOf({}, 'x1'));
  keep(show, evidenceOf({}, 'x2'));
  rmSync(join(folder, evidenceFileOf(show)));
  expect(evidenceIn(folder)(list, place)).toEqual(evidenceOf({}, 'x1'));
});

test('lines that could not be written are written with the next case', () => {
  const folder = temporaryFolder();
  const keep = evidenceWriter(folder);
  const file = join(folder, evidenceFileOf(list));
  mkdirSync(file, { recursive: true });
  expect(() => keep(list, evidenceOf({}, 'x1'))).toThrow(/EISDIR/);
  rmSync(file, { recursive: true });
  const place = keep(list, evidenceOf({}, 'x1'));
  expect(evidenceIn(folder)(list, place)).toEqual(evidenceOf({}, 'x1'));
});

test.each([
  ['compute/attach-volume', 'evidence/compute/attach-volume.ndjson'],
  ['acme/Odd name: 100 %', 'evidence/acme/odd-name--100--.ndjson'],
  ['acme/nul', 'evidence/acme/nul-.ndjson'],
  ['acme/com1.x', 'evidence/acme/com1-.x.ndjson'],
  ['acme/..', 'evidence/acme/-.ndjson'],
  [`acme/${'long'.repeat(100)}`, `evidence/acme/${'long'.repeat(25)}.ndjson`],
])('the evidence file of %s has a portable name', (id, file) => {
  expect(evidenceFileOf(`${id}#word@2.1`)).toBe(file);
});

test.each([
  ['a line that is not JSON', 'x'],
  ['a line that is not a case', JSON.stringify({ line: 'exchange', ...exchange('x1') })],
  [
    'a transcript that refers to itself',
    '{"line":"case","id":"ID","exchanges":[],"transcript":{"inputs":[],"shared":{"a":1}}}',
  ],
])('evidence with %s is refused with one sentence', (_, line) => {
  const folder = temporaryFolder();
  const file = join(folder, evidenceFileOf(list));
  mkdirSync(join(folder, 'evidence/compute'), { recursive: true });
  writeFileSync(file, `${line.replace('ID', list)}\n`);
  expect(() => evidenceIn(folder)(list, `${evidenceFileOf(list)}:1`)).toThrow(
    /^evidence\/compute\/list-servers\.ndjson:1 in \S+ is damaged: [^\n]+\.$/,
  );
});

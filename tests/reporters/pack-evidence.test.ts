/** The exchanges in a page, and what is left out when there are too many. */
import { expect, test } from 'vitest';
import type { ContentLimits } from '../../reporters/choose-contents.ts';
import { packEvidence } from '../../reporters/html/pack-evidence.ts';
import type { Exchange } from '../../src/client/exchange.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { fixedRecord } from './fixed-record.ts';

const ids = fixedRecord.report.cases.map(({ id }) => id);
const all = new Map(ids.flatMap((id) => fixedRecord.evidence(id)).map((one) => [one.id, one]));

const cutIn = (record: RunRecord, limits: ContentLimits): readonly string[] =>
  packEvidence(record, limits).evidence.exchanges.flatMap(({ id, cut }) => (cut ? [id] : []));
const wide = { body: 1_000_000, total: 10_000_000 };

test('every exchange is there once, and every text once', () => {
  const { evidence, cut, indicesOf } = packEvidence(fixedRecord, wide);
  expect(cut).toBe(0);
  expect(evidence.exchanges.map(({ id }) => id)).toEqual([...all.keys()]);
  expect(new Set(evidence.texts).size).toBe(evidence.texts.length);
  for (const id of ids) {
    const named = indicesOf(id).map((index) => evidence.exchanges[index]?.id);
    expect(named).toEqual(fixedRecord.evidence(id).map((one) => one.id));
  }
});

test('what is left out has neither headers nor bodies, and is counted', () => {
  const { evidence, cut } = packEvidence(fixedRecord, { body: 1_000_000, total: 0 });
  expect(cut).toBe(all.size);
  for (const { headers, response, body } of evidence.exchanges) {
    expect([headers, response?.headers ?? []]).toEqual([[], []]);
    expect([body, response?.body].map((index) => evidence.texts[index ?? -1] ?? '')).toEqual(['', '']);
  }
});

test('headers count towards the bound as bodies do', () => {
  const header = ['x-long', 'h'.repeat(50_000)] as const;
  const record: RunRecord = {
    ...fixedRecord,
    evidence: (id) =>
      fixedRecord.evidence(id).map((one) => ({
        ...one,
        request: { ...one.request, headers: [...one.request.headers, [header[0], `${header[1]}${one.id}`]] },
      })),
  };
  expect(cutIn(record, wide)).toEqual([]);
  expect(cutIn(record, { ...wide, total: 60_000 }).length).toBeGreaterThanOrEqual(all.size - 1);
});

test('a text that many exchanges share is counted once', () => {
  const shared = 's'.repeat(50_000);
  const record: RunRecord = {
    ...fixedRecord,
    evidence: (id) =>
      fixedRecord.evidence(id).map((one) => ({ ...one, request: { ...one.request, body: shared, headers: [] } })),
  };
  expect(cutIn(record, { ...wide, total: 100_000 })).toEqual([]);
});

test('contents of passed cases are left out before those of deviations, and a long body is always left out', () => {
  const relevant = new Set(
    fixedRecord.report.cases
      .filter(({ verdict: { is } }) => is !== 'pass' && is !== 'not-applicable')
      .flatMap(({ id }) => fixedRecord.evidence(id))
      .map(({ id }) => id),
  );
  const sizeOf = ({ request, response }: Exchange): number =>
    Math.max(request.body?.length ?? 0, response?.body.length ?? 0);
  const longest = Math.max(...[...all.values()].map(sizeOf));
  const left = cutIn(fixedRecord, { ...wide, body: longest - 1 });
  expect(left).toEqual([...all.values()].filter((one) => sizeOf(one) === longest).map(({ id }) => id));
  const { evidence } = packEvidence(fixedRecord, wide);
  const whole = evidence.texts.reduce((sum, text) => sum + text.length, 0);
  for (const total of [whole - 1, Math.floor(whole / 2), 500]) {
    const cut = new Set(cutIn(fixedRecord, { ...wide, total }));
    if ([...relevant].some((id) => cut.has(id))) {
      expect([...all.keys()].filter((id) => !relevant.has(id) && !cut.has(id) && all.get(id)?.response?.body)).toEqual(
        [],
      );
    }
  }
});

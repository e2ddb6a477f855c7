/**
 * Upstream's own reference beside our texts: the same contract for volume attachments, and the rest of Nova.
 */
import { describe, expect, test } from 'vitest';
import { bodiesOf, membersOf } from '../../src/contract/members.ts';
import type { Contract, ContractSample, Member, ObjectShape, Operation } from '../../src/contract/model.ts';
import { coversRange } from '../../src/contract/questions.ts';
import { formatRange } from '../../src/microversion.ts';
import { readImportedFacts } from '../../cli/service-specs.ts';
import { placeKey } from '../../src/assembly/operation-places.ts';
import type { FactFile } from '../../src/import/facts.ts';
import { factsOf } from '../../src/import/facts-of.ts';
import {
  assembleAll,
  assembleOwn,
  assembleUpstream,
  errata,
  importedErrata,
  manifest,
  ownReference,
  readUpstream,
  specsFolder,
  upstreamIsHere,
  upstreamReason,
  wholeManifest,
} from './compute-specs.ts';

const ids = manifest().operations.map(({ id }) => id);

describe.skipIf(!upstreamIsHere)(`Nova's reference of August 2026${upstreamReason}`, () => {
  const assembly = upstreamIsHere ? assembleUpstream('nova-2026-08', errata) : assembleOwn();
  const { operations } = assembly.contract;

  test.each(ids)('says about %s what our texts say', (id) => {
    expect(promiseOf(assembly.contract, id)).toEqual(promiseOf(assembleOwn().contract, id));
  });

  test('takes every erratum', () => {
    expect(assembly.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('has 251 operations with an id each, whose revisions cover their ranges', () => {
    expect(new Set(operations.map(({ id }) => id)).size).toBe(251);
    expect(operations.filter((operation) => !coversRange(operation))).toEqual([]);
  });

  test('tells the bodies of at least 190 operations in full', () => {
    expect(assembly.complete.length).toBeGreaterThanOrEqual(190);
  });

  test('names every place that was inferred', () => {
    const told = new Set(assembly.diagnostics.filter(({ code }) => inferring.has(code)).map(({ at }) => placeText(at)));
    const inferred = operations.flatMap(allMembers).filter(({ confidence }) => confidence === 'inferred');
    expect(inferred.length).toBeGreaterThan(40);
    expect(inferred.map(({ source }) => placeText(source)).filter((place) => !told.has(place))).toEqual([]);
  });

  test('leaves nothing open or inferred where a tree counts as complete', () => {
    const complete = operations.filter(({ id }) => assembly.complete.includes(id)).flatMap(allMembers);
    expect(
      complete.filter(
        ({ shape, confidence }) => confidence === 'inferred' || (shape.type === 'object' && isHalfOpen(shape)),
      ),
    ).toEqual([]);
  });

  test('has about 450 revisions', () => {
    expect(operations.reduce((sum, { revisions }) => sum + revisions.length, 0)).toBe(455);
  });

  test('has ids that are told apart by file only where titles repeat', () => {
    const repeated = assembly.diagnostics.filter(({ code }) => code === 'repeated-title');
    expect(repeated).toHaveLength(4);
  });
});

describe.skipIf(!upstreamIsHere)(`the imported facts${upstreamReason}`, () => {
  const all = assembleAll();

  test('give the contract that the reference itself gives, prose and values of samples aside', () => {
    const upstream = assembleUpstream('nova-2026-08', [...errata, ...importedErrata], wholeManifest());
    const ids = all.contract.operations.map(({ id }) => id);
    expect(ids).toEqual(upstream.contract.operations.map(({ id }) => id));
    expect(ids.map((id) => barePromise(all.contract, id))).toEqual(ids.map((id) => barePromise(upstream.contract, id)));
    expect(all.complete).toEqual(upstream.complete);
  });

  test('are those of the reference, and every operation has its id', () => {
    const own = ownReference;
    const files = factsOf(readUpstream('nova-2026-08'), 'api-ref/source');
    const ours = new Set(own.operations.map(({ at, title }) => placeKey(at.file, title)));
    const rest = files.flatMap(({ source, operations: facts }) => {
      const kept = facts.filter(({ title }) => !ours.has(placeKey(source, title)));
      return kept.length > 0 ? [{ source, operations: kept }] : [];
    });
    const bySource = (a: FactFile, b: FactFile): number => (a.source < b.source ? -1 : 1);
    expect([...readImportedFacts(specsFolder)].sort(bySource)).toEqual([...rest].sort(bySource));
    expect(wholeManifest().operations).toHaveLength(251);
  });

  test('tell the bodies of at least 190 operations in full', () => {
    expect(all.complete.length).toBeGreaterThanOrEqual(190);
    expect(all.complete.length + all.incomplete.size).toBe(251);
  });
});

test.skipIf(!upstreamIsHere)(`Nova's reference of January 2018 is assembled too${upstreamReason}`, () => {
  const { contract, diagnostics, complete } = assembleUpstream('nova-2018-01', []);
  expect(contract.operations).toHaveLength(244);
  expect(complete.length).toBeGreaterThan(185);
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([
    'compute/swap-volume is not in the reference: no section "Update(swapping) a volume attachment" in os-volume-attachments-swap.inc',
  ]);
});

const inferring: ReadonlySet<string> = new Set(['inferred-place', 'undocumented-container']);

function allMembers({ revisions }: Operation): readonly Member[] {
  const bodies = revisions.flatMap((revision) => [...bodiesOf(revision, 'request'), ...bodiesOf(revision, 'response')]);
  return bodies.flatMap((body) => (body.kind === 'json' ? membersOf(body.shape).map(({ member }) => member) : []));
}

/** Open though some members are known: a free-form map has none. */
function isHalfOpen({ open, members }: ObjectShape): boolean {
  return open && members.length > 0;
}

function placeText({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${file}:${line}`;
}

/** Everything but prose, places in files and the values of samples. */
function promiseOf({ operations }: Contract, id: Operation['id']): unknown {
  const operation = operations.find((candidate) => candidate.id === id);
  const { title, method, path, range, revisions, samples } = operation ?? ({} as Operation);
  const text = JSON.stringify({ title, method, path, range, revisions }, (key: string, value: unknown) => {
    return key === 'source' ? undefined : value;
  });
  return { promise: JSON.parse(text) as unknown, samples: samples.map(sampleLine).sort() };
}

/** Without samples: of imported ones several with one form are one. */
function barePromise(contract: Contract, id: Operation['id']): unknown {
  return (promiseOf(contract, id) as { readonly promise: unknown }).promise;
}

/** The last folder only when it is a version: the folders themselves have other names. */
function sampleLine({ side, file, range }: ContractSample): string {
  return `${side} ${/(?:v[\d.]+\/)?[^/]+$/.exec(file)?.[0] ?? ''} ${formatRange(range)}`;
}

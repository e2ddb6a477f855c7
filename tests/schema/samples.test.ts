import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ContractSample, Operation } from '../../src/contract/model.ts';
import { intersect } from '../../src/microversion.ts';
import { matchBody } from '../../src/schema/match.ts';
import { sideSchemas, type SidePiece, type SideSchemas } from '../../src/schema/side-schemas.ts';
import {
  assembleOwn,
  assembleUpstream,
  errata,
  specsFolder,
  upstreamIsHere,
  upstreamReason,
  wholeManifest,
} from '../assembly/compute-specs.ts';
import { compareDefects, readDefects, samplesOf, type SampleMiss } from './sample-defects.ts';

const own = assembleOwn().contract;
const rows = own.operations.flatMap((operation) => operation.samples.map((sample) => ({ operation, sample })));

test.each(rows.map(({ operation, sample }) => [sample.file, operation, sample] as const))(
  '%s matches at every microversion that it stands for',
  (_, operation, sample) => {
    expect(piecesFor(operation, sample).length).toBeGreaterThan(0);
    expect(missesOf(operation, sample)).toEqual([]);
  },
);

test('samples exist for every side that has a body, at every microversion', () => {
  const bare = own.operations.flatMap((operation) => {
    return [...sideSchemas(operation)].flatMap(([side, pieces]) => {
      const bodies = side === 'query' ? [] : pieces.filter(({ content }) => content.kind === 'json');
      return bodies.filter(
        (piece) =>
          !operation.samples.some((sample) => side.startsWith(sample.side) && intersect(sample.range, piece.range)),
      );
    });
  });
  expect(bare).toEqual([]);
});

const defects = readDefects(join(specsFolder, 'sample-defects.yaml'));
const listed = new Set(defects.flatMap(samplesOf));

describe.skipIf(!upstreamIsHere)(`upstream's samples${upstreamReason}`, () => {
  const { operations } = upstreamIsHere ? assembleUpstream('nova-2026-08', errata, wholeManifest()).contract : own;

  test('of volume attachments match at every microversion that they stand for', () => {
    const same = operations.filter(({ id }) => own.operations.some((operation) => operation.id === id));
    expect(same.flatMap((operation) => operation.samples.flatMap((sample) => missesOf(operation, sample)))).toEqual([]);
  });

  test(`of all operations match at every microversion that they stand for, but for the ${listed.size} listed with a reason`, () => {
    const samples = operations.flatMap((operation) => operation.samples.map((sample) => ({ operation, sample })));
    const misses = samples.flatMap(({ operation, sample }) => missesOf(operation, sample));
    expect(samples.length).toBeGreaterThan(600);
    expect(compareDefects(defects, misses)).toEqual([]);
  });
});

describe('a list of defects', () => {
  const [first] = defects.map((defect) => ({
    ...defect,
    misses: ['/a: x', '/b: *'],
    samples: { 'o/p': 'f/{. v2.2}/s.json' },
  }));
  const list = first ? [first] : [];
  const miss = (file: string, text: string): SampleMiss => ({ operation: 'o/p', file, miss: text });
  const both = [miss('f/s.json', '/a: x'), miss('f/v2.2/s.json', '/b: y')];

  test.each<[string, readonly SampleMiss[], readonly string[]]>([
    ['is whole where each of its parts is seen', both, []],
    ['lacks another departure', [...both, miss('f/s.json', '/a: xx')], ['not listed: o/p f/s.json /a: xx']],
    ['lacks another file', [...both, miss('f/v2.3/s.json', '/a: x')], ['not listed: o/p f/v2.3/s.json /a: x']],
    [
      'is stale where a file matches',
      both.slice(1),
      [`stale in ${first?.class ?? ''}: o/p f/s.json`, `stale in ${first?.class ?? ''}: /a: x`],
    ],
  ])('%s', (_, misses, expected) => {
    expect(compareDefects(list, misses)).toEqual(expected);
  });
});

/** Digits of pointers are N; a sample is held against each schema of its side in its range. */
function missesOf(operation: Operation, sample: ContractSample): readonly SampleMiss[] {
  return piecesFor(operation, sample).flatMap(({ content }) => {
    if (content.kind !== 'json') return [];
    const misses = matchBody(content.schema, sample.value);
    const file = sample.file.replace('doc/api_samples/', '');
    return misses.map(({ pointer, expected }) => {
      return { operation: operation.id, file, miss: `${pointer.replace(/\d+/g, 'N')}: ${expected}` };
    });
  });
}

function piecesFor(operation: Operation, { side, range }: ContractSample): readonly SidePiece[] {
  const sides = [...schemasOf(operation)].filter(([name]) => name.startsWith(side));
  const bodies = sides.flatMap(([, pieces]) => pieces.filter(({ content }) => content.kind === 'json'));
  return bodies.filter((piece) => intersect(piece.range, range));
}

const made = new Map<Operation, SideSchemas>();

/** Made once, so that a schema is compiled once. */
function schemasOf(operation: Operation): SideSchemas {
  const sides = made.get(operation) ?? sideSchemas(operation);
  made.set(operation, sides);
  return sides;
}

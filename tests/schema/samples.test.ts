import { describe, expect, test } from 'vitest';
import type { ContractSample, Operation } from '../../src/contract/model.ts';
import { intersect, type MicroversionRange } from '../../src/microversion.ts';
import { matchBody } from '../../src/schema/match.ts';
import { sideSchemas, type SidePiece, type SideSchemas } from '../../src/schema/side-schemas.ts';
import { assembleOwn, assembleUpstream, errata, upstreamIsHere, upstreamReason } from '../assembly/compute-specs.ts';

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

describe.skipIf(!upstreamIsHere)(`upstream's samples${upstreamReason}`, () => {
  const { operations } = upstreamIsHere ? assembleUpstream('nova-2026-08', errata).contract : own;

  test('of volume attachments match at every microversion that they stand for', () => {
    const same = operations.filter(({ id }) => own.operations.some((operation) => operation.id === id));
    expect(same.flatMap((operation) => operation.samples.flatMap((sample) => missesOf(operation, sample)))).toEqual([]);
  });

  test('of all operations match at their own microversion, but for those on the list', async () => {
    const misses = operations.flatMap((operation) => {
      return operation.samples.flatMap((sample) => missesOf(operation, { ...sample, range: firstOf(sample.range) }));
    });
    const lines = [...new Set(misses)].sort().map((line) => `${line}\n`);
    await expect(lines.join('')).toMatchFileSnapshot('../golden/schema/upstream-samples.txt');
  });
});

/** One line per departure; a sample is held against each schema of its side in its range. */
function missesOf(operation: Operation, sample: ContractSample): readonly string[] {
  return piecesFor(operation, sample).flatMap(({ content }) => {
    if (content.kind !== 'json') return [];
    const misses = matchBody(content.schema, sample.value);
    const file = sample.file.replace('doc/api_samples/', '');
    return misses.map(
      ({ pointer, expected }) => `${operation.id} ${file} ${pointer.replace(/\d+/g, 'N')}: ${expected}`,
    );
  });
}

function piecesFor(operation: Operation, { side, range }: ContractSample): readonly SidePiece[] {
  const sides = [...schemasOf(operation)].filter(([name]) => name.startsWith(side));
  const bodies = sides.flatMap(([, pieces]) => pieces.filter(({ content }) => content.kind === 'json'));
  return bodies.filter((piece) => intersect(piece.range, range));
}

function firstOf({ first }: MicroversionRange): MicroversionRange {
  return { first, last: first };
}

const made = new Map<Operation, SideSchemas>();

/** Made once, so that a schema is compiled once. */
function schemasOf(operation: Operation): SideSchemas {
  const sides = made.get(operation) ?? sideSchemas(operation);
  made.set(operation, sides);
  return sides;
}

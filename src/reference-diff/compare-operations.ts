/**
 * Compares one operation over all its microversions: each range in which neither contract changes is compared once, and
 * equal findings in adjacent ranges are joined into one change.
 */
import type { Operation } from '../contract/model.ts';
import { revisionAt } from '../contract/questions.ts';
import {
  compareMicroversions,
  formatRange,
  nextMicroversion,
  splitRange,
  type Microversion,
  type MicroversionRange,
} from '../microversion.ts';
import { changeKinds } from './change-kinds.ts';
import { compareCalls, compareRevisions } from './compare-revisions.ts';
import type { Change, Found, FoundIn } from './model.ts';

/** `newest` is the last microversion that the earlier tree mentions. */
export function compareOperations(
  before: Operation,
  after: Operation,
  newest: Microversion | undefined,
): readonly Change[] {
  const pieces = splitRange(spanOf(before, after), [
    ...boundaries(before),
    ...boundaries(after),
    ...(newest ? [nextMicroversion(newest)] : []),
  ]);
  const found = pieces.flatMap((range) => foundAt(before, after, range));
  return [...compareCalls(before, after), ...joined(found)].map((change) => classed(change, newest));
}

/** Adds the class to a finding. */
export function classed({ range, ...found }: FoundIn, newest: Microversion | undefined): Change {
  const isNewMicroversion =
    range !== undefined && newest !== undefined && compareMicroversions(range.first, newest) > 0;
  const own = changeKinds[found.kind].class;
  return {
    ...found,
    class: own === 'breaking' && isNewMicroversion ? 'compatible' : own,
    ...(range && { range: formatRange(range) }),
    isNewMicroversion,
  };
}

function foundAt(before: Operation, after: Operation, range: MicroversionRange): readonly FoundIn[] {
  const was = revisionAt(before, range.first);
  const is = revisionAt(after, range.first);
  if (was && is) return compareRevisions(was, is).map((found) => ({ ...found, range }));
  if (!was && !is) return [];
  return [{ kind: was ? 'operation-absent' : 'operation-exists', place: '', range }];
}

function spanOf({ range: a }: Operation, { range: b }: Operation): MicroversionRange {
  const first = compareMicroversions(a.first, b.first) <= 0 ? a.first : b.first;
  const last = a.last && b.last ? (compareMicroversions(a.last, b.last) >= 0 ? a.last : b.last) : undefined;
  return { first, last };
}

function boundaries({ revisions, range: { last } }: Operation): readonly Microversion[] {
  return [...revisions.map(({ range }) => range.first), ...(last ? [nextMicroversion(last)] : [])];
}

/** Joins adjacent ranges of one change; a gap starts another change. */
function joined(found: readonly FoundIn[]): readonly FoundIn[] {
  const byChange = new Map<string, FoundIn[]>();
  for (const one of found) {
    const list = byChange.get(keyOf(one)) ?? [];
    byChange.set(keyOf(one), list);
    const last = list.at(-1);
    if (
      last?.range?.last &&
      one.range &&
      compareMicroversions(nextMicroversion(last.range.last), one.range.first) === 0
    ) {
      list[list.length - 1] = { ...last, range: { first: last.range.first, last: one.range.last } };
    } else list.push(one);
  }
  return [...byChange.values()].flat();
}

function keyOf({ kind, place, before, after }: Found): string {
  return JSON.stringify([kind, place, before, after]);
}

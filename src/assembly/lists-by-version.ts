/**
 * Parameter lists of one side under headings that name different microversions: each list describes a body of its own,
 * since the same names may stand in other containers there.
 */
import type { Member, ObjectShape } from '../contract/model.ts';
import { sameContract } from '../contract/same-contract.ts';
import { groupBy } from '../group-by.ts';
import { compareMicroversions, formatRange, intersect, type MicroversionRange } from '../microversion.ts';
import type { UseInRange } from './body-tree.ts';
import type { VersionedSample } from './sample-tree.ts';
import { spanOf } from './span-of.ts';

export interface BodyList {
  /** That of the heading. */
  readonly range: MicroversionRange;
  readonly uses: readonly UseInRange[];
  readonly samples: readonly VersionedSample[];
}

/**
 * Undefined unless every parameter stands under such a heading, no two headings share a microversion, and samples show
 * the body of each list as an object.
 */
export function listsByVersion(
  uses: readonly UseInRange[],
  samples: readonly VersionedSample[],
): readonly BodyList[] | undefined {
  const groups = [...groupBy(uses, ({ use }) => use.headingRange && formatRange(use.headingRange)).values()];
  const lists = groups.flatMap((own) => {
    const range = own[0]?.use.headingRange;
    return range ? [{ range, uses: own, samples: samples.filter((sample) => intersect(sample.range, range)) }] : [];
  });
  const meet = lists.some(({ range }, index) => lists.slice(index + 1).some((other) => intersect(range, other.range)));
  const isShown = lists.every((list) => list.samples.length > 0) && samples.every(({ value }) => !Array.isArray(value));
  return lists.length === groups.length && lists.length > 1 && !meet && isShown ? lists : undefined;
}

export interface ObjectInRange {
  readonly range: MicroversionRange;
  readonly object: ObjectShape;
}

/** One object with the members of all, each at its microversions. */
export function joinedObject(parts: readonly ObjectInRange[]): ObjectShape {
  const open = parts.every(({ object }) => object.open);
  const openIn = parts.flatMap(({ range, object }) => (object.open ? [range] : (object.openIn ?? [])));
  return {
    type: 'object',
    nullable: false,
    members: joinedMembers(parts.flatMap(({ object }) => object.members)),
    open,
    ...(!open && openIn.length > 0 && { openIn }),
  };
}

/** By name, in the order of the first list; equal neighbours are one. */
function joinedMembers(members: readonly Member[]): readonly Member[] {
  return [...groupBy(members, ({ name }) => name).values()].flatMap((same) =>
    same
      .toSorted((a, b) => compareMicroversions(a.range.first, b.range.first))
      .reduce<readonly Member[]>((merged, member) => {
        const before = merged.at(-1);
        const range = before && sameContract(before, member) ? spanOf(before.range, member.range) : undefined;
        return before && range ? [...merged.slice(0, -1), { ...before, range }] : [...merged, member];
      }, []),
  );
}

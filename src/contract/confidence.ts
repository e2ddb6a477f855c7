/** How far the members of a contract are certain: by the text, by a sample, or by inference. */
import { bodiesOf, membersOf, pathText, type BodySide } from './members.ts';
import type { Confidence, Member, Operation } from './model.ts';

export const confidences: readonly Confidence[] = ['stated', 'shown', 'inferred'];

export function confidenceOf({ confidence }: Member): Confidence {
  return confidence ?? 'stated';
}

/** A member of one side, in all revisions. */
export interface RatedMember {
  readonly side: BodySide;
  /** `/volumeAttachments/[]/tag`. */
  readonly place: string;
  readonly confidence: Confidence;
  readonly member: Member;
}

/** Each once; of one that revisions rate differently, the most certain. */
export function ratedMembers(operation: Operation): readonly RatedMember[] {
  const rated = new Map<string, RatedMember>();
  for (const side of ['request', 'response'] as const) {
    const bodies = operation.revisions.flatMap((revision) => bodiesOf(revision, side));
    for (const { path, member } of bodies.flatMap((body) => (body.kind === 'json' ? membersOf(body.shape) : []))) {
      const found: RatedMember = { side, place: pathText(path), confidence: confidenceOf(member), member };
      const key = `${side} ${found.place}`;
      const known = rated.get(key);
      if (!known || rankOf(found) < rankOf(known)) rated.set(key, found);
    }
  }
  return [...rated.values()];
}

export type Counts = Readonly<Record<Confidence, number>>;

export function countMembers(members: readonly RatedMember[]): Counts {
  const count = (confidence: Confidence): number => members.filter((one) => one.confidence === confidence).length;
  return { stated: count('stated'), shown: count('shown'), inferred: count('inferred') };
}

function rankOf({ confidence }: RatedMember): number {
  return confidences.indexOf(confidence);
}

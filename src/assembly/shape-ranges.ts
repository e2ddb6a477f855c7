/** The ranges of all members of a shape. */
import { membersOf } from '../contract/members.ts';
import type { Shape } from '../contract/model.ts';
import type { MicroversionRange } from '../microversion.ts';

export function shapeRanges(shape: Shape): readonly MicroversionRange[] {
  return membersOf(shape).map(({ member }) => member.range);
}

/** Topics: what clauses and errata are about. */
import { pathText, type BodySide } from './members.ts';

/** What a clause or an erratum is about, inside of one operation; members by their paths. */
export type Topic =
  /** A member by its path, and all that an object may hold: `request /volumeAttachment/*`. */
  | `request ${string}`
  | `response ${string}`
  | `path ${string}`
  | `query ${string}`
  | `header ${string}`
  | `status ${number}`
  | `sample ${string}`
  /** The body of the reply with a status, as a whole. */
  | `body ${number}`
  | 'unknown-query'
  | 'availability';

export function memberTopic(side: BodySide, path: readonly string[]): Topic {
  return `${side} ${pathText(path) || '/'}`;
}

/** What else an object holds: `path` is that of the object. */
export function otherMembersTopic(side: BodySide, path: readonly string[]): Topic {
  return `${side} ${pathText(path)}/*`;
}

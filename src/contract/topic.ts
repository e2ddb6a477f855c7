/** Topics: what clauses and errata are about. */

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

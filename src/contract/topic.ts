/** Topics: what clauses and errata are about. */

/** What a clause or an erratum is about within one operation; members by their paths. */
export type Topic =
  /** A member by its path, and all members of an object: `request /volumeAttachment/*`. */
  | `request ${string}`
  | `response ${string}`
  | `path ${string}`
  | `query ${string}`
  | `header ${string}`
  | `status ${number}`
  | `sample ${string}`
  /** The whole body of the response with a status. */
  | `body ${number}`
  | 'unknown-query'
  | 'availability'
  /** The caller of a request: an identity, or `nobody`. */
  | `role ${string}`
  /** The state of the resource that a request names, as its suite calls it. */
  | `state ${string}`;

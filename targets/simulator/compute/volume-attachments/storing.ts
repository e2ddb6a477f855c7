/**
 * What is stored of the tag and the flag of a request; either is undefined if the request has none.
 */

export interface Storing {
  readonly tag: (given: string | undefined) => string | null;
  readonly flag: (given: boolean | undefined) => boolean;
  readonly updatedFlag: (given: boolean | undefined, now: boolean) => boolean;
}

export const storing: Storing = {
  tag: (given) => given ?? null,
  flag: (given) => given ?? false,
  updatedFlag: (given, now) => given ?? now,
};

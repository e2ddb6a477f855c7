/**
 * What is kept of the tag and the flag that a request gives; either is undefined when it gives none.
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

/** A JSON value, read-only. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A list that has at least one entry. */
export type NonEmpty<T> = readonly [T, ...(readonly T[])];

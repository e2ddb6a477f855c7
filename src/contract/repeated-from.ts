/** Locations of identifiers that a response repeats. */
/** An identifier in a request: a name in its path, or a member of its body. */
export type RepeatedFrom =
  { readonly in: 'path'; readonly name: string } | { readonly in: 'body'; readonly pointer: string };

/** A path as a URI reference; half a character, which no URI can hold, becomes U+FFFD. */
export function uriOf(path: string): string {
  return encodeURI(path.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

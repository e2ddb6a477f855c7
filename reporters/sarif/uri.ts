/** A path as a URI reference; a lone surrogate, which no URI can contain, becomes U+FFFD. */
export function uriOf(path: string): string {
  return encodeURI(path.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

/** Resource types in sentences: `server-group` as "server group" and "server groups". */

/** `server groups`. */
export function pluralOf(type: string): string {
  const words = wordsOf(type);
  if (/[^aeiou]y$/.test(words)) return `${words.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(words) ? `${words}es` : `${words}s`;
}

/** `1 server`, `2 servers`. */
export function describeCount(count: number, type: string): string {
  return `${count} ${count === 1 ? wordsOf(type) : pluralOf(type)}`;
}

function wordsOf(type: string): string {
  return type.replaceAll('-', ' ');
}

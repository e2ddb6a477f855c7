/**
 * Whether two parts of a contract promise the same: where they stand in the texts, and since when, does not count.
 */

const besides: ReadonlySet<string> = new Set(['range', 'source']);

export function sameContract(a: unknown, b: unknown): boolean {
  return contractKey(a) === contractKey(b);
}

/** Equal for parts that promise the same. Parts are built by one code each, so their keys come in one order. */
export function contractKey(part: unknown): string {
  return JSON.stringify(part, (key: string, value: unknown) => (besides.has(key) ? undefined : value));
}

/**
 * Compares parts of a contract by what they promise: their source and their range are ignored.
 */

const ignored: ReadonlySet<string> = new Set(['range', 'source']);

export function sameContract(a: unknown, b: unknown): boolean {
  return contractKey(a) === contractKey(b);
}

/** Equal for parts with equal promises. One function builds each kind of part, so the order of keys is stable. */
export function contractKey(part: unknown): string {
  return JSON.stringify(part, (key: string, value: unknown) => (ignored.has(key) ? undefined : value));
}

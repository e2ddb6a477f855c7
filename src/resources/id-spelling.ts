/** Normalizes ids for comparison: UUIDs with and without dashes, in braces, as a URN and in capital letters. */

const digits = 32;

export function isUuidLike(text: string): boolean {
  return text.length < 3 * digits && new RegExp(`^[0-9a-f]{${digits}}$`).test(squeezed(text));
}

/** The same text for all spellings of one UUID; any other text unchanged. */
export function spellingOf(id: string): string {
  return isUuidLike(id) ? squeezed(id) : id;
}

/** Everything in a text that may be read as a UUID, normalized; longer runs of digits as a whole. */
export function uuidsIn(text: string): readonly string[] {
  return [...squeezed(text).matchAll(new RegExp(`[0-9a-f]{${digits},}`, 'g'))].map(([run]) => run);
}

const mostTooMany = 2;

/** The parts of a run of digits that are as long as a UUID; none when it has more than two extra digits. */
export function windowsOf(run: string): readonly string[] {
  const more = run.length - digits;
  if (more > mostTooMany) return [];
  return Array.from({ length: more + 1 }, (_, at) => run.slice(at, at + digits));
}

function squeezed(text: string): string {
  return text.toLowerCase().replace(/urn:|uuid:|[-{}\s]/g, '');
}

/** Whether an id has only letters, digits and `_.-`: nothing that is special in a path, a shell or a terminal. */
export function isPlainId(id: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/.test(id);
}

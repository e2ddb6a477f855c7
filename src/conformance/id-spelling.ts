/** Ids as texts. UUIDs are read with and without dashes, in braces, as a URN and in capital letters: one spelling for comparison. */

const digits = 32;

export function isUuidLike(text: string): boolean {
  return text.length < 3 * digits && new RegExp(`^[0-9a-f]{${digits}}$`).test(squeezed(text));
}

/** The same text for all spellings of one UUID; any other text as it is. */
export function spellingOf(id: string): string {
  return isUuidLike(id) ? squeezed(id) : id;
}

/** Whatever in a text may be read as a UUID, in the spelling for comparison; longer runs of digits as a whole. */
export function uuidsIn(text: string): readonly string[] {
  return [...squeezed(text).matchAll(new RegExp(`[0-9a-f]{${digits},}`, 'g'))].map(([run]) => run);
}

const mostTooMany = 2;

/** The parts of a run of digits that are as long as a UUID; none of a run that is longer by more than a typing error. */
export function windowsOf(run: string): readonly string[] {
  const more = run.length - digits;
  if (more > mostTooMany) return [];
  return Array.from({ length: more + 1 }, (_, at) => run.slice(at, at + digits));
}

function squeezed(text: string): string {
  return text.toLowerCase().replace(/urn:|uuid:|[-{}\s]/g, '');
}

/** Letters, digits and what stands between them; nothing that a path, a shell or a terminal reads as more. */
export function isPlainId(id: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/.test(id);
}

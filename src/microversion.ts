/**
 * Microversions and inclusive ranges of them.
 *
 * A microversion is a pair of integers: 2.10 follows 2.9, and 2.100 is not 2.1. They are read from text only; a
 * number has already lost the difference. This module imports nothing.
 */

/** One microversion, such as 2.79. */
export interface Microversion {
  readonly major: number;
  readonly minor: number;
}

/** An inclusive range; `last` undefined means "to the newest". */
export interface MicroversionRange {
  readonly first: Microversion;
  readonly last: Microversion | undefined;
}

/** The range of a service without microversions: one version stands for all. */
export const unversioned = { first: { major: 1, minor: 0 }, last: { major: 1, minor: 0 } } as const;

const versionPattern = /^(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

/** Reads `2.79`; undefined for anything that is not two integers without leading zeros, joined by one dot. */
export function parseMicroversion(text: string): Microversion | undefined {
  const match = versionPattern.exec(text);
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : undefined;
}

/** Reads a microversion that the program itself wrote. @throws RangeError when it is not one. */
export function microversion(text: string): Microversion {
  const version = parseMicroversion(text);
  if (!version) throw new RangeError(`"${text}" is not a microversion; write it like 2.79`);
  return version;
}

export function formatMicroversion({ major, minor }: Microversion): string {
  return `${major}.${minor}`;
}

/** Negative when `a` precedes `b`, zero when equal. */
export function compareMicroversions(a: Microversion, b: Microversion): number {
  return a.major - b.major || a.minor - b.minor;
}

/** Whether it is `first`, written like `2.79`, or a later one. */
export function isSince(version: Microversion, first: string): boolean {
  return compareMicroversions(version, microversion(first)) >= 0;
}

export function nextMicroversion({ major, minor }: Microversion): Microversion {
  return { major, minor: minor + 1 };
}

/** The microversion just before, or undefined for the first of a major version. */
export function previousMicroversion({ major, minor }: Microversion): Microversion | undefined {
  return minor > 0 ? { major, minor: minor - 1 } : undefined;
}

/** Reads `2.1-2.69`, `2.70-` (open) or `2.5` (that one only); undefined when malformed or upside down. */
export function parseRange(text: string): MicroversionRange | undefined {
  const [from = '', to, ...rest] = text.split('-').map((part) => part.trim());
  const first = parseMicroversion(from);
  if (!first || rest.length > 0) return undefined;
  if (to === undefined) return { first, last: first };
  if (to === '') return { first, last: undefined };
  const last = parseMicroversion(to);
  return last && compareMicroversions(first, last) <= 0 ? { first, last } : undefined;
}

/** Reads a range that the program itself wrote. @throws RangeError when it is not one. */
export function range(text: string): MicroversionRange {
  const parsed = parseRange(text);
  if (!parsed) throw new RangeError(`"${text}" is not a microversion range; write it like 2.1-2.69, 2.70- or 2.5`);
  return parsed;
}

/** The form that `parseRange` reads: `2.1-2.69`, `2.70-`, `2.5`. */
export function formatRange({ first, last }: MicroversionRange): string {
  if (!last) return `${formatMicroversion(first)}-`;
  if (compareMicroversions(first, last) === 0) return formatMicroversion(first);
  return `${formatMicroversion(first)}-${formatMicroversion(last)}`;
}

export function includes(outer: MicroversionRange, version: Microversion): boolean {
  return (
    compareMicroversions(outer.first, version) <= 0 && (!outer.last || compareMicroversions(version, outer.last) <= 0)
  );
}

/** What two ranges share, or undefined when they do not touch. */
export function intersect(a: MicroversionRange, b: MicroversionRange): MicroversionRange | undefined {
  const first = compareMicroversions(a.first, b.first) >= 0 ? a.first : b.first;
  const last = earlierEnd(a.last, b.last);
  return last && compareMicroversions(first, last) > 0 ? undefined : { first, last };
}

/**
 * Cuts a range at every given first version, so that nothing that begins at one of them begins inside a piece.
 * Pieces come in order and cover the range without gaps.
 */
export function splitRange(whole: MicroversionRange, firsts: readonly Microversion[]): readonly MicroversionRange[] {
  const cuts = firsts
    .filter((version) => includes(whole, version) && compareMicroversions(version, whole.first) > 0)
    .sort(compareMicroversions)
    .filter((version, index, all) => index === 0 || compareMicroversions(version, all[index - 1] ?? version) !== 0);
  const starts = [whole.first, ...cuts];
  return starts.map((first, index) => {
    const next = starts[index + 1];
    return { first, last: next ? previousMicroversion(next) : whole.last };
  });
}

function earlierEnd(a: Microversion | undefined, b: Microversion | undefined): Microversion | undefined {
  if (!a || !b) return a ?? b;
  return compareMicroversions(a, b) <= 0 ? a : b;
}

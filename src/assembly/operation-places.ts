/**
 * How operations are found again: by file and title, and by the call as well where a file has a title twice.
 */
import { digestOf } from './same-sentences.ts';

export interface OperationPlace {
  readonly file: string;
  readonly title: string;
  /** `GET /servers`. */
  readonly call: string;
}

/** The entry of a manifest, as far as it says which operation it is about. */
export interface PlaceEntry {
  readonly file: string;
  readonly section: string;
  readonly call?: string;
}

/** Trees keep the same files in different folders, and under other suffixes. */
export function placeKey(file: string, section: string): string {
  return `${lastPart(file).replace(/\.\w+$/, '')}\u0000${sectionName(section)}`;
}

/** One key for each, in their order. */
export function placeKeys(places: readonly OperationPlace[]): readonly string[] {
  const repeated = repeatedKeys(places);
  return places.map(({ file, title, call }) => {
    const key = placeKey(file, title);
    return repeated.has(key) ? withCall(key, call) : key;
  });
}

/** Whether file and title do not identify an operation. */
export function needsCall(places: readonly OperationPlace[]): (place: OperationPlace) => boolean {
  const repeated = repeatedKeys(places);
  return ({ file, title }) => repeated.has(placeKey(file, title));
}

/** For each place its entry; each entry serves once. One without a call is that of the first with its title. */
export function entriesFor<T extends PlaceEntry>(
  places: readonly OperationPlace[],
  entries: readonly T[],
): readonly (T | undefined)[] {
  const waiting = new Map(entries.map((entry) => [entryKey(entry), entry] as const));
  const take = (key: string): T | undefined => {
    const entry = waiting.get(key);
    waiting.delete(key);
    return entry;
  };
  const exact = places.map(({ file, title, call }) => take(withCall(placeKey(file, title), call)));
  return places.map(({ file, title }, index) => exact[index] ?? take(placeKey(file, title)));
}

const LONGEST_TITLE = 8;

/** A title as a manifest names it: one of many words is a sentence of others, and goes by its digest. */
export function sectionName(title: string): string {
  return title.split(/\s+/).length > LONGEST_TITLE ? `sha256:${digestOf(title)}` : title;
}

function entryKey({ file, section, call }: PlaceEntry): string {
  const key = placeKey(file, section);
  return call === undefined ? key : withCall(key, call);
}

function withCall(key: string, call: string): string {
  return `${key}\u0000${call}`;
}

function repeatedKeys(places: readonly OperationPlace[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const keys = places.map(({ file, title }) => placeKey(file, title));
  return new Set(keys.filter((key) => seen.has(key) || !seen.add(key)));
}

function lastPart(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

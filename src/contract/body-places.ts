/** Locates the values at a path of members in a body, through the items of lists and the keys of maps. */
import { atPointer, isJsonObject, type Json } from '../json.ts';
import { ITEMS, KEYS, pathText } from './members.ts';

/** A value of a body, and the JSON pointer to it. */
export interface Place {
  readonly pointer: string;
  readonly value: Json;
}

/** All values at a path, through every item of the arrays on the way. */
export function placesAt(value: Json | undefined, path: readonly string[]): readonly Place[] {
  const start = value === undefined ? [] : [{ pointer: '', value }];
  return path.reduce<readonly Place[]>((places, key) => places.flatMap((place) => placesIn(place, key)), start);
}

export function valuesAt(value: Json | undefined, path: readonly string[]): readonly Json[] {
  return placesAt(value, path).map((place) => place.value);
}

function placesIn({ pointer, value }: Place, key: string): readonly Place[] {
  if (key === KEYS) {
    if (!isJsonObject(value)) return [];
    return Object.entries(value).map(([name, inner]) => ({ pointer: pointer + pathText([name]), value: inner }));
  }
  if (key !== ITEMS) {
    const inner = atPointer(value, pathText([key]));
    return inner === undefined ? [] : [{ pointer: pointer + pathText([key]), value: inner }];
  }
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).map((item, index) => ({ pointer: `${pointer}/${index}`, value: item }));
}

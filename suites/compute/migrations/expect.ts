/** Expectations of the responses that list migrations, and what is taken from them. */
import { bodyOf, expectResponse, respondedWith } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { atPointer, jsonList, jsonObject, jsonText, type Json, type JsonObject } from '../../../src/json.ts';

export function migrationsIn(listed: Parameters<typeof bodyOf>[0]): readonly JsonObject[] {
  return jsonList(atPointer(bodyOf(listed), '/migrations')).map(jsonObject);
}

/** An id is a number. */
export function textOf(id: Json | undefined): string {
  return JSON.stringify(id ?? null);
}

export function expectIds(response: Exchange, expected: readonly string[], order?: 'any order'): readonly Finding[] {
  return expectResponse(response, 200, (listed) => {
    const seen = migrationsIn(listed).map(({ id }) => textOf(id));
    const text = (all: readonly string[]): string => (order ? [...all].sort() : all).join();
    return expectThat(listed, '/migrations/*/id', text(seen) === text(expected), [...expected], [...seen]);
  });
}

export function expectThat(
  { id }: Parameters<typeof bodyOf>[0],
  pointer: string,
  isMet: boolean,
  expected: Json,
  seen?: Json,
): readonly Finding[] {
  return isMet ? [] : [{ kind: 'value', exchange: id, pointer, expected, ...(seen !== undefined && { seen }) }];
}

/** The ids of those in an accepted list that fit. */
export function found(whole: Exchange, fits: (one: JsonObject) => boolean): readonly string[] {
  const listed = respondedWith(whole, 200);
  return listed ? migrationsIn(listed).flatMap((one) => (fits(one) ? textOf(one.id) : [])) : [];
}

export function valuesOf(whole: Exchange, name: string): readonly string[] {
  const listed = respondedWith(whole, 200);
  return listed ? [...new Set(migrationsIn(listed).flatMap((one) => jsonText(one[name]) ?? []))] : [];
}

/** The query of the link to the next page. */
export function nextIn(response: Exchange): string | undefined {
  const listed = respondedWith(response, 200);
  const links = listed ? jsonList(atPointer(bodyOf(listed), '/migrations_links')).map(jsonObject) : [];
  const href = jsonText(links.find(({ rel }) => rel === 'next')?.href) ?? '';
  const at = href.indexOf('?');
  return at < 0 ? undefined : href.slice(at + 1);
}

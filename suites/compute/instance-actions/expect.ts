/** Expectations of the responses that list and show actions. */
import { bodyOf, expectResponse, type Checked } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { atPointer, jsonList, jsonObject, jsonText, type Json, type JsonObject } from '../../../src/json.ts';

/** The actions of a list, in its order. */
export function actionsIn(listed: Checked): readonly JsonObject[] {
  return jsonList(atPointer(bodyOf(listed), '/instanceActions')).map(jsonObject);
}

export function idsIn(listed: Checked): readonly string[] {
  return actionsIn(listed).flatMap(({ request_id }) => jsonText(request_id) ?? []);
}

/** The events of an action that is shown. */
export function eventsIn(shown: Checked): readonly JsonObject[] {
  return jsonList(atPointer(bodyOf(shown), '/instanceAction/events')).map(jsonObject);
}

/** The list begins with these actions, or has no others. */
export function expectIds(
  response: Exchange,
  expected: readonly string[],
  which: 'all' | 'first' = 'all',
): readonly Finding[] {
  return expectResponse(response, 200, (listed) => {
    const seen = idsIn(listed);
    const compared = which === 'all' ? seen : seen.slice(0, expected.length);
    return expectThat(listed, '/instanceActions/*/request_id', same(compared, expected), [...expected], [...seen]);
  });
}

export function expectThat(
  { id }: Checked,
  pointer: string,
  isMet: boolean,
  expected: Json,
  seen: Json | undefined,
): readonly Finding[] {
  return isMet ? [] : [{ kind: 'value', exchange: id, pointer, expected, ...(seen !== undefined && { seen }) }];
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}

/** Each event of an action that is shown, of which there is one at least. */
export function expectEvents(
  response: Exchange,
  judge: (event: JsonObject, shown: Checked, pointer: string) => readonly Finding[],
): readonly Finding[] {
  return expectResponse(response, 200, (shown) => {
    const events = eventsIn(shown);
    if (events.length === 0)
      return expectThat(shown, '/instanceAction/events', false, 'events', atPointer(bodyOf(shown), '/instanceAction'));
    return events.flatMap((event, index) => judge(event, shown, `/instanceAction/events/${index}`));
  });
}

/** Whether an event has a member. */
export function expectMember(
  name: string,
  isShown: boolean,
): (event: JsonObject, shown: Checked, pointer: string) => readonly Finding[] {
  return (event, shown, pointer) =>
    expectThat(
      shown,
      `${pointer}/${name}`,
      name in event === isShown,
      isShown ? 'the member' : 'no such member',
      event[name],
    );
}

/** Takes the value of a path parameter from a list of the service. */
import { formatMicroversion } from '../microversion.ts';
import { atPointer, isJsonObject, jsonText, type Json } from '../json.ts';
import { Unreached } from '../execution/errors.ts';
import { fillPath, type CheckContext } from './check-context.ts';
import type { Identity } from './identity.ts';
import { respondedWith, bodyOf, responseOf } from './matchers.ts';

export interface ListedValue {
  /** The path of the list; its own parameters get their values first. */
  readonly list: string;
  readonly query?: string;
  /** The JSON pointer to the value in the first item. */
  readonly at: string;
  /** The value is the name of the first member at the pointer. */
  readonly firstKey?: true;
}

/** `values`: of the parameters of the list itself. @throws Unreached when the list shows no value */
export async function takeFromList(
  ctx: CheckContext,
  { list, query, at, firstKey }: ListedValue,
  values: Readonly<Record<string, string>>,
  as: Identity,
): Promise<string> {
  const response = await ctx.send({
    service: ctx.service.contract.service,
    method: 'GET',
    path: fillPath(list, values),
    ...(query === undefined ? {} : { query }),
    ...(ctx.service.contract.microversions && { microversion: formatMicroversion(ctx.microversion) }),
    as,
    purpose: 'preparation',
  });
  const { status } = responseOf(response);
  const shown = respondedWith(response, 200);
  if (!shown) throw new Unreached(`GET ${list}`, `GET ${list} was answered with ${status}.`, response);
  const found = textOf(atPointer(bodyOf(shown), at), firstKey);
  if (found === undefined) throw new Unreached(`an item in GET ${list}`, `GET ${list} lists nothing.`, response);
  return found;
}

function textOf(value: Json | undefined, firstKey: true | undefined): string | undefined {
  if (firstKey) return isJsonObject(value) ? Object.keys(value)[0] : undefined;
  return typeof value === 'number' ? String(value) : jsonText(value);
}

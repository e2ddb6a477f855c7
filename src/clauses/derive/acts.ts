/** The requests that derived clauses judge: one accepted request per microversion, shared, and any number refused. */
import type { Exchange } from '../../client/exchange.ts';
import type { JsonObject } from '../../json.ts';
import { formatMicroversion } from '../../microversion.ts';
import { unusable } from '../checked.ts';
import { pathText } from '../../contract/members.ts';
import { NotBound, Unreached } from '../../execution/errors.ts';
import { answered, responseOf, type Checked } from '../matchers.ts';
import type { Recipe, RequestTemplate } from '../recipe.ts';
import type { CallOptions, CheckContext } from '../check-context.ts';

/** How a request differs from the smallest accepted one. */
export type Alter = (template: RequestTemplate) => Partial<CallOptions>;

const asIs: Alter = () => ({});

/** The response to an accepted request, sent once per operation, microversion and key. */
export function accepted(ctx: CheckContext, recipe: Recipe, key = 'least', alter = asIs): Promise<Exchange> {
  const whose = recipe.suite === undefined ? '' : `${recipe.suite} `;
  const name = `${whose}${ctx.operation.id}@${formatMicroversion(ctx.microversion)} ${key}`;
  return ctx.shared(name, async (inner) => {
    const template = await recipe.accepted(inner);
    const reply = await inner.call(inner.operation.id, { ...baseCall(template, recipe), ...alter(template) });
    if (succeeded(reply)) inner.after(() => template.completed?.(reply));
    return reply;
  });
}

/** The response to an accepted request with the recipe's value of an optional member. @throws NotBound without a value */
export function acceptedWith(ctx: CheckContext, recipe: Recipe, path: readonly string[]): Promise<Exchange> {
  const name = pathText(path);
  return accepted(ctx, recipe, name, (template) => {
    const value = template.values[name];
    if (value === undefined) throw new NotBound(`The recipe of ${ctx.operation.id} has no value for ${name}.`);
    return { body: withMember(template.body ?? {}, path, value) };
  });
}

/** The response to a request that is to be refused. */
export async function refused(ctx: CheckContext, recipe: Recipe, alter: Alter): Promise<Exchange> {
  const template = await recipe.refused(ctx);
  const reply = await ctx.call(ctx.operation.id, { ...baseCall(template, recipe), ...alter(template) });
  if (succeeded(reply)) template.dirty?.();
  return reply;
}

/** The response to an accepted request. @throws Unreached when it is no success: clauses on it cannot be decided */
export async function acceptedResponse(
  ctx: CheckContext,
  recipe: Recipe,
  sent: Promise<Exchange> = accepted(ctx, recipe),
): Promise<Checked> {
  const reply = await sent;
  const { status } = responseOf(reply);
  const [first, ...rest] = ctx.revision.answers;
  const success = answered(reply, first.status, ...rest.map((answer) => answer.status));
  if (success) return success;
  if (status >= 500) throw unusable(reply);
  throw new Unreached(
    `${ctx.operation.id} answers with success`,
    `${ctx.operation.id} at ${formatMicroversion(ctx.microversion)} was answered with ${status}, so its response cannot be judged.`,
  );
}

export function succeeded(reply: Exchange): boolean {
  const status = reply.response?.status ?? 0;
  return status >= 200 && status < 300;
}

function baseCall({ path, body, asked }: RequestTemplate, { as }: Recipe): CallOptions {
  return { path, as, ...(body === undefined ? {} : { body }), ...(asked === undefined ? {} : { query: asked }) };
}

/** A copy of an object with the value at a path of keys set; missing objects on the path are created. */
export function withMember(object: JsonObject, path: readonly string[], value: JsonObject[string]): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) return object;
  const inner = object[key];
  const child = inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? (inner as JsonObject) : {};
  return { ...object, [key]: rest.length === 0 ? value : withMember(child, rest, value) };
}

/** A copy of an object without the member at a path of keys. */
export function withoutMember(object: JsonObject, path: readonly string[]): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined || !Object.hasOwn(object, key)) return object;
  if (rest.length === 0) return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
  const inner = object[key];
  if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return object;
  return { ...object, [key]: withoutMember(inner as JsonObject, rest) };
}

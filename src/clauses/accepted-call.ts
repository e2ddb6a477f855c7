/**
 * Accepted calls. Each is made once per run, operation, microversion and variant, and observed once; every clause that
 * only looks is decided from it.
 */
import type { Exchange } from '../client/exchange.ts';
import { sentIn } from '../client/received.ts';
import { serviceOf } from '../contract/contracts.ts';
import { ITEMS, KEYS, memberIndex, pathKeys, pathText } from '../contract/members.ts';
import type { OperationId, Revision } from '../contract/model.ts';
import { findOperation, revisionAt } from '../contract/questions.ts';
import { HarnessError, NotBound, TokenLost, Unreached } from '../execution/errors.ts';
import { atPointer, parseJson, type Json, type JsonObject, type NonEmpty } from '../json.ts';
import { formatMicroversion } from '../microversion.ts';
import { withMember } from './body-members.ts';
import type { CallOptions, CheckContext } from './check-context.ts';
import type { Check } from './clause.ts';
import type { DeclaredOperation, NotCompleted } from './define-operation.ts';
import { recipeOf } from './derive-recipe.ts';
import { respondedWith, expectStatus, type Checked } from './matchers.ts';
import type { Recipe, RequestTemplate } from './recipe.ts';
import type { Finding } from './verdict.ts';

/** How a request differs from the smallest accepted one. */
export type Alter = (template: RequestTemplate) => Partial<CallOptions>;

/** A kind of accepted request. Those with one key differ in nothing. */
export interface Variant {
  readonly key: string;
  readonly alter: Alter;
}

/** Optional members of a request, by pointer: with a value, or with that of the recipe where it has one. */
export type Members = Readonly<Record<string, Json | undefined>>;

/** The smallest request with some optional members. With no value for any of them the variant does not apply. */
export function withMembers(members: Members): Variant {
  const entries = Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return { key: 'least', alter: () => ({}) };
  const names = entries.map(([pointer]) => pointer);
  return {
    key: entries
      .map(([pointer, value]) => (value === undefined ? pointer : `${pointer}=${JSON.stringify(value)}`))
      .join(' '),
    alter: ({ body = {}, values }) => {
      const known = entries.flatMap(([pointer, value = values[pointer]]) =>
        value === undefined ? [] : [[pointer, value] as const],
      );
      if (known.length === 0) throw new NotBound(`The recipe has no value for ${names.join(', ')}.`);
      const lists = known.flatMap(([pointer]) => listAround(pointer, body, values));
      const members = [...lists, ...known];
      return { body: members.reduce((whole, [pointer, value]) => withMember(whole, pathKeys(pointer), value), body) };
    },
  };
}

/** The list that a member of an item stands in, with the value of the recipe, where the body does not have it. */
function listAround(
  pointer: string,
  body: JsonObject,
  values: Readonly<Record<string, Json>>,
): readonly (readonly [string, Json])[] {
  const at = pointer.indexOf(`/${ITEMS}/`);
  const list = pointer.slice(0, Math.max(0, at));
  const value = values[list];
  return at < 0 || value === undefined || atPointer(body, list) !== undefined ? [] : [[list, value]];
}

/** Every optional member that the request has at a revision; of an object and its members, the members. */
export function everyMember({ request }: Pick<Revision, 'request'>): Members {
  if (request.body.kind !== 'json') return {};
  const optional = memberIndex(request.body.shape)
    .all.filter(({ path, member }) => !member.required && !path.includes(ITEMS) && !path.includes(KEYS))
    .map(({ path }) => pathText(path));
  const innermost = optional.filter((pointer) => !optional.some((other) => other.startsWith(`${pointer}/`)));
  return Object.fromEntries(innermost.map((pointer) => [pointer, undefined]));
}

/** A call that was made, and what it led to. */
export interface ObservedCall {
  readonly response: Exchange;
  /** Missing if the request was not accepted, and where nothing is observed. */
  readonly seen?: unknown;
  /** Why what it led to could not be observed. */
  readonly failure?: Unreached;
}

/** Made by the first case that asks for it; its exchanges are evidence of each. */
export function acceptedCall(
  ctx: CheckContext,
  id: OperationId,
  recipe: Recipe,
  { key, alter }: Variant = withMembers({}),
): Promise<ObservedCall> {
  const whose = recipe.suite === undefined ? '' : `${recipe.suite} `;
  const make = async (inner: CheckContext): Promise<ObservedCall> => {
    const template = await recipe.accepted(inner);
    const response = await inner.call(id, { ...baseCall(template, recipe), ...alter(template) });
    if (!succeeded(response)) return { response };
    inner.after(() => template.completed?.(response));
    if (!template.observe) return { response };
    try {
      return { response, seen: await template.observe(response) };
    } catch (error) {
      // Clauses on the response alone are decided all the same.
      if (!(error instanceof Unreached) || error instanceof TokenLost) throw error;
      return { response, failure: error };
    }
  };
  const seen = recipe.view === undefined ? '' : `${recipe.view} `;
  return ctx.shared(`${whose}${id}@${formatMicroversion(ctx.microversion)} ${seen}${key}`, make, id);
}

/**
 * An accepted call with an optional member: the one with every optional member, or, where that is not accepted, one
 * with this member only.
 *
 * @throws NotBound when the recipe has no value for it
 */
export async function acceptedCallWith(
  ctx: CheckContext,
  id: OperationId,
  recipe: Recipe,
  pointer: string,
): Promise<ObservedCall> {
  const every = await acceptedCall(ctx, id, recipe, withMembers(everyMember(revisionOf(ctx, id))));
  if (succeeded(every.response) && hasSent(every.response, pointer)) return every;
  return acceptedCall(ctx, id, recipe, withMembers({ [pointer]: undefined }));
}

/** Decides a clause from what an accepted call has led to, and from its response. */
export type Decide<O> = (seen: O, accepted: Checked) => readonly Finding[];

/** A check of an accepted call; where that is not accepted or does not complete, it returns the findings on that. */
export function judgeAccepted<O>(operation: DeclaredOperation<O>, members: Members, decide: Decide<O>): Check {
  const recipe = recipeOf(operation);
  return async (ctx) =>
    decided(ctx, operation, await acceptedCall(ctx, operation.id, recipe, withMembers(members)), decide);
}

/** The same for a call with an optional member, and perhaps with others. */
export function judgeAcceptedWith<O>(operation: DeclaredOperation<O>, pointer: string, decide: Decide<O>): Check {
  const recipe = recipeOf(operation);
  return async (ctx) => decided(ctx, operation, await acceptedCallWith(ctx, operation.id, recipe, pointer), decide);
}

function decided<O>(
  ctx: CheckContext,
  { id }: DeclaredOperation<O>,
  { response, seen, failure }: ObservedCall,
  decide: Decide<O>,
): readonly Finding[] {
  const [first, ...rest] = revisionOf(ctx, id).responses;
  const statuses: NonEmpty<number> = [first.status, ...rest.map(({ status }) => status)];
  const accepted = respondedWith(response, ...statuses);
  if (!accepted) return expectStatus(response, ...statuses);
  if (failure) throw failure;
  return isIncomplete(seen) ? seen.incomplete : decide(seen as O, accepted);
}

function isIncomplete(seen: unknown): seen is NotCompleted {
  return typeof seen === 'object' && seen !== null && 'incomplete' in seen;
}

function revisionOf({ run, microversion }: CheckContext, id: OperationId): Revision {
  const operation = findOperation(run.service(serviceOf(id)).contract, id);
  const revision = operation && revisionAt(operation, microversion);
  if (!revision) throw new HarnessError(`The contract has no ${id} at ${formatMicroversion(microversion)}`);
  return revision;
}

export function succeeded(response: Exchange): boolean {
  const status = response.response?.status ?? 0;
  return status >= 200 && status < 300;
}

/** Did the request have a member in its body? */
export function hasSent(response: Exchange, pointer: string): boolean {
  const sent = sentBody(response);
  return sent !== undefined && atPointer(sent, pointer) !== undefined;
}

/** The body of the request; undefined where it is not JSON. */
export function sentBody(response: Exchange): Json | undefined {
  return parseJson(sentIn(response).body ?? '');
}

/** A value in the body of the request; null where it has none. */
export function sentValue(response: Exchange, pointer: string): Json {
  return atPointer(sentBody(response), pointer) ?? null;
}

export function baseCall({ path, body, asked }: RequestTemplate, { as }: Recipe): CallOptions {
  return { path, as, ...(body === undefined ? {} : { body }), ...(asked === undefined ? {} : { query: asked }) };
}

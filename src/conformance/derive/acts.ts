/** The requests that derived clauses look at: one accepted per microversion, shared, and as many refused as needed. */
import type { Exchange } from '../../client/exchange.ts';
import type { JsonObject } from '../../json.ts';
import { formatMicroversion } from '../../microversion.ts';
import { unusable } from '../checked.ts';
import { Unreached } from '../errors.ts';
import { answered, responseOf, type Checked } from '../matchers.ts';
import type { Recipe, Scene } from '../recipe.ts';
import type { CallOptions, Stage } from '../stage.ts';

/** How a request differs from the least one that is accepted. */
export type Alter = (scene: Scene) => Partial<CallOptions>;

const asIs: Alter = () => ({});

/** The reply to a request that is accepted, made once per operation, microversion and key. */
export function accepted(stage: Stage, recipe: Recipe, key = 'least', alter = asIs): Promise<Exchange> {
  const whose = recipe.suite === undefined ? '' : `${recipe.suite} `;
  const name = `${whose}${stage.operation.id}@${formatMicroversion(stage.microversion)} ${key}`;
  return stage.shared(name, async (inner) => {
    const scene = await recipe.accepted(inner);
    const reply = await inner.call(inner.operation.id, { ...leastCall(scene, recipe), ...alter(scene) });
    if (succeeded(reply)) inner.after(() => scene.settle?.(reply));
    return reply;
  });
}

/** The reply to a request that is to be refused. */
export async function refused(stage: Stage, recipe: Recipe, alter: Alter): Promise<Exchange> {
  const scene = await recipe.refused(stage);
  const reply = await stage.call(stage.operation.id, { ...leastCall(scene, recipe), ...alter(scene) });
  if (succeeded(reply)) scene.spoiled?.();
  return reply;
}

/** The accepted reply, when it really is one: what hangs on it cannot be decided otherwise. */
export async function specimen(stage: Stage, recipe: Recipe): Promise<Checked> {
  const reply = await accepted(stage, recipe);
  const { status } = responseOf(reply);
  const [first, ...rest] = stage.revision.answers;
  const success = answered(reply, first.status, ...rest.map((answer) => answer.status));
  if (success) return success;
  if (status >= 500) throw unusable(reply);
  throw new Unreached(
    `${stage.operation.id} answers with success`,
    `${stage.operation.id} at ${formatMicroversion(stage.microversion)} was answered with ${status}, so that its reply cannot be judged.`,
  );
}

export function succeeded(reply: Exchange): boolean {
  const status = reply.response?.status ?? 0;
  return status >= 200 && status < 300;
}

function leastCall({ path, body, asked }: Scene, { as }: Recipe): CallOptions {
  return { path, as, ...(body === undefined ? {} : { body }), ...(asked === undefined ? {} : { query: asked }) };
}

/** A copy of an object with the value at a path of keys set; objects on the way are made where they are missing. */
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

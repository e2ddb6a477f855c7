/** The requests that derived clauses judge: accepted ones, which they share, and any number refused. */
import type { Exchange } from '../../client/exchange.ts';
import { formatMicroversion } from '../../microversion.ts';
import { unusable } from '../checked.ts';
import { pathText } from '../../contract/members.ts';
import { Unreached } from '../../execution/errors.ts';
import { respondedWith, responseOf, type Checked } from '../matchers.ts';
import { acceptedCall, acceptedCallWith, baseCall, succeeded, type Alter, type Variant } from '../accepted-call.ts';
import type { Recipe } from '../recipe.ts';
import type { CheckContext } from '../check-context.ts';

/** The response to an accepted request, sent once per operation, microversion and variant. */
export async function accepted(ctx: CheckContext, recipe: Recipe, variant?: Variant): Promise<Exchange> {
  return (await acceptedCall(ctx, ctx.operation.id, recipe, variant)).response;
}

/** The response to an accepted request with an optional member. @throws NotBound when the recipe has no value for it */
export async function acceptedWith(ctx: CheckContext, recipe: Recipe, path: readonly string[]): Promise<Exchange> {
  return (await acceptedCallWith(ctx, ctx.operation.id, recipe, pathText(path))).response;
}

/** The response to a request that is to be refused. */
export async function refused(ctx: CheckContext, recipe: Recipe, alter: Alter): Promise<Exchange> {
  const template = await recipe.refused(ctx);
  const response = await ctx.call(ctx.operation.id, { ...baseCall(template, recipe), ...alter(template) });
  if (succeeded(response)) template.dirty?.();
  return response;
}

/** The response to an accepted request. @throws Unreached when it is no success: clauses on it cannot be decided */
export async function acceptedResponse(
  ctx: CheckContext,
  recipe: Recipe,
  sent: Promise<Exchange> = accepted(ctx, recipe),
): Promise<Checked> {
  const response = await sent;
  const { status } = responseOf(response);
  const [first, ...rest] = ctx.revision.responses;
  const success = respondedWith(response, first.status, ...rest.map((response) => response.status));
  if (success) return success;
  if (status >= 500) throw unusable(response);
  throw new Unreached(
    `${ctx.operation.id} answers with success`,
    `${ctx.operation.id} at ${formatMicroversion(ctx.microversion)} was answered with ${status}, so its response cannot be judged.`,
  );
}

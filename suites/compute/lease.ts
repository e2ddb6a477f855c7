/** Fixtures of the pool of a run as a case gets them; they are returned when the case completes. */
import type { CheckContext } from '../../src/clauses/check-context.ts';
import type { FixtureDefinition, Lease } from '../../src/resources/fixture-pool.ts';
import { fixturePoolsOf } from './fixture-pools.ts';

/** A fixture that other cases use later; `makeDirty` discards it instead, for a case that has changed it. */
export type Reusable<T> = T & { readonly makeDirty: () => void };

/** A fixture that the case does not change. */
export function sharedFixture<T>(ctx: CheckContext, definition: FixtureDefinition<T>): Promise<T> {
  return ctx.fixture(async () => (await lease(ctx, definition)).thing);
}

/** A fixture that the case changes only by mistake of the target. */
export function reusableFixture<T extends object>(
  ctx: CheckContext,
  definition: FixtureDefinition<T>,
): Promise<Reusable<T>> {
  return reusable(ctx, () => leaseReusable(ctx, definition));
}

/** `makeDirty` does nothing in a re-evaluation, where the fixture is a recorded input. */
export async function reusable<T extends object>(
  ctx: CheckContext,
  make: () => Promise<Reusable<T>>,
): Promise<Reusable<T>> {
  let makeDirty = (): void => undefined;
  const value = await ctx.fixture(async () => {
    const { makeDirty: own, ...rest } = await make();
    makeDirty = own;
    return rest;
  });
  return { ...(value as unknown as T), makeDirty: () => makeDirty() };
}

export async function lease<T>(
  ctx: CheckContext,
  definition: FixtureDefinition<T>,
  back: 'intact' | 'dirty' = 'intact',
): Promise<Lease<T>> {
  const leased = await fixturePoolsOf(ctx.run).fixturePool.borrow(definition, ctx.reservation);
  ctx.after(() => leased.giveBack(back));
  return leased;
}

export async function leaseReusable<T extends object>(
  ctx: CheckContext,
  definition: FixtureDefinition<T>,
): Promise<Reusable<T>> {
  const leased = await fixturePoolsOf(ctx.run).fixturePool.borrow(definition, ctx.reservation);
  let state: 'intact' | 'dirty' = 'intact';
  ctx.after(() => leased.giveBack(state));
  return { ...leased.thing, makeDirty: () => void (state = 'dirty') };
}

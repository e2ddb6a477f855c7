/** Requests for an action that are refused for their values, and leave their server as it is. */
import { expectResponse, expectValue } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Named } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { Json } from '../../../src/json.ts';
import { serverToKeep } from '../fixtures/server-in-state.ts';
import type { StartState } from '../fixtures/server-states.ts';
import { expectRefused, observeServer } from '../rules/refusal.ts';
import type { DeclaredAction } from './action-types.ts';

/** Each value is refused, and the server stays in its state. */
export async function refuses(
  ctx: CheckContext,
  operation: DeclaredAction,
  state: StartState,
  status: 400 | 404 | 409,
  values: readonly Readonly<Record<string, Json>>[],
): Promise<readonly Finding[]> {
  const { makeDirty, ...server } = await serverToKeep(ctx, { state });
  const findings: Finding[] = [];
  for (const argument of values) {
    findings.push(...expectRefused(await operation.send(ctx, { server }, valued(operation, argument)), status));
  }
  findings.push(...(await showsNoTask(ctx, server)));
  if (findings.length > 0) makeDirty();
  return findings;
}

export async function showsNoTask(ctx: CheckContext, server: Named): Promise<readonly Finding[]> {
  const seen = await observeServer(ctx, server);
  return expectResponse(seen, 200, (shown) => expectValue(shown, '/server/OS-EXT-STS:task_state', null));
}

interface Valued {
  readonly members: Readonly<Record<string, Json>>;
}

/** The value of the action in place of the smallest one. */
export function valued({ declared }: DeclaredAction, argument: Readonly<Record<string, Json>>): Valued {
  return { members: { [`/${declared.key}`]: argument } };
}

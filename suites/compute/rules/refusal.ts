/** What rules share: refused requests, and control requests that show the reason of a refusal. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { respondedWith, responseOf, unusable, type Checked } from '../../../src/clauses/checked.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import {
  isNested,
  pathResources,
  type DeclaredOperation,
  type Named,
  type RejectedCall,
  type Resources,
  type SendOptions,
} from '../../../src/clauses/define-operation.ts';
import { expectFault, expectResponse } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { Unreached } from '../../../src/execution/errors.ts';

export const faultKeys = {
  400: 'badRequest',
  403: 'forbidden',
  404: 'itemNotFound',
  409: 'conflictingRequest',
} as const;

export type RefusalStatus = keyof typeof faultKeys;

/** Expects an error response with this status and the key that belongs to it. */
export function expectRefused(response: Exchange, status: RefusalStatus): readonly Finding[] {
  return expectResponse(response, status, (refusal) => expectFault(refusal, faultKeys[status]));
}

export interface RefusedRequest extends Omit<SendOptions, 'members'> {
  /** The resources that the request names, from those of the target; by default the same. */
  readonly on?: (resources: Resources) => Resources;
}

/** Sends a request that must be refused with this status. */
export async function refused(
  ctx: CheckContext,
  operation: DeclaredOperation,
  status: RefusalStatus,
  request: RefusedRequest = {},
): Promise<readonly Finding[]> {
  const target = await operation.rejected(ctx);
  return judged(target, expectRefused(await sendRefused(ctx, operation, target, request), status));
}

/** The same, and checks that the member sees no change. */
export async function refusedUnchanged(
  ctx: CheckContext,
  operation: DeclaredOperation,
  status: RefusalStatus,
  request: RefusedRequest = {},
): Promise<readonly Finding[]> {
  const target = await operation.rejected(ctx);
  const response = await sendRefused(ctx, operation, target, request);
  return judged(target, [...expectRefused(response, status), ...(await target.unchanged())]);
}

export function sendRefused(
  ctx: CheckContext,
  operation: DeclaredOperation,
  { resources, body }: Pick<RejectedCall, 'resources' | 'body'>,
  { on = (same) => same, ...options }: RefusedRequest = {},
): Promise<Exchange> {
  const members = { ...body, ...operation.marks };
  return operation.send(ctx, on(resources), { ...(Object.keys(members).length > 0 && { members }), ...options });
}

function judged(target: RejectedCall, findings: readonly Finding[]): readonly Finding[] {
  if (findings.length > 0) target.makeDirty();
  return findings;
}

/** A resource that does not exist. */
export function nonexistent(ctx: CheckContext): Named {
  return { id: ctx.uuid() };
}

/**
 * At most the outermost of several resources exists, so that a request that is accepted by mistake changes nothing.
 */
export function outermostOnly(ctx: CheckContext, operation: DeclaredOperation, resources: Resources): Resources {
  const [outermost = ''] = pathResources(operation);
  const own = isNested(operation) ? resources[outermost] : undefined;
  return { ...unknownResources(ctx, operation), ...(own && { [outermost]: own }) };
}

export function unknownResources(ctx: CheckContext, { resources }: DeclaredOperation): Resources {
  return Object.fromEntries(Object.keys(resources).map((name) => [name, nonexistent(ctx)]));
}

/** The server as the compute service shows it. */
export function observeServer(ctx: CheckContext, server: Named, version?: string): Promise<Exchange> {
  return ctx.send({
    service: 'compute',
    method: 'GET',
    path: `/servers/${server.id}`,
    purpose: 'observation',
    ...(version === undefined ? {} : { microversion: version }),
  });
}

/**
 * Checks a control request: a refusal counts only if the resources that it names exist, so that it has the reason that
 * the clause requires.
 *
 * @throws Unreached when the response does not have the expected status
 */
export function control(response: Exchange, what: string, status = 200): Checked {
  const shown = respondedWith(response, status);
  if (shown) return shown;
  const seen = responseOf(response).status;
  if (seen >= 500) throw unusable(response);
  throw new Unreached(
    what,
    `The control request for ${what} was answered with ${seen} instead of ${status}.`,
    response,
  );
}

/** Requests for a list with a microversion in the current or in the older header. */
import type { Exchange } from '../../../src/client/exchange.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { DeclaredOperation, SendOptions } from '../../../src/clauses/define-operation.ts';
import { HarnessError } from '../../../src/execution/errors.ts';
import type { Microversion } from '../../../src/microversion.ts';

export type VersionHeaders = Readonly<Record<string, string>>;

export const modern = (value: string): VersionHeaders => ({ 'openstack-api-version': value });
export const older = (value: string): VersionHeaders => ({ 'x-openstack-nova-api-version': value });

/**
 * Rules about all requests to the service apply to the lists: one operation of each resource, which changes nothing and
 * whose response depends on the microversion.
 */
export function isList({ reads, wrongQuery }: DeclaredOperation): boolean {
  return reads === true && wrongQuery !== undefined;
}

/** A list that is accepted, unless the options make it another one. */
export async function sendList(
  ctx: CheckContext,
  operation: DeclaredOperation,
  options: SendOptions = {},
): Promise<Exchange> {
  const { resources } = await operation.accepted(ctx);
  return operation.send(ctx, resources, options);
}

export function ask(ctx: CheckContext, operation: DeclaredOperation, headers: VersionHeaders): Promise<Exchange> {
  return sendList(ctx, operation, { microversion: 'none', headers });
}

export function newestOf({ service }: Pick<CheckContext, 'service'>): Microversion {
  const { last } = service.range;
  if (!last) throw new HarnessError('The target has no newest microversion');
  return last;
}

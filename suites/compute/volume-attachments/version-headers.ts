/** Requests for the list of attachments with a microversion in the current or in the older header. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { HarnessError } from '../../../src/execution/errors.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Microversion } from '../../../src/microversion.ts';
import { fixtures } from '../fixtures.ts';
import { list } from './calls.ts';

export type VersionHeaders = Readonly<Record<string, string>>;

export const modern = (value: string): VersionHeaders => ({ 'openstack-api-version': value });
export const older = (value: string): VersionHeaders => ({ 'x-openstack-nova-api-version': value });

export async function ask(ctx: CheckContext, headers: VersionHeaders): Promise<Exchange> {
  const [{ server }] = await fixtures(ctx).readOnly();
  return list(ctx, server, { microversion: 'none', headers });
}

export function newestOf({ service }: Pick<CheckContext, 'service'>): Microversion {
  const { last } = service.range;
  if (!last) throw new HarnessError('The target has no newest microversion');
  return last;
}

/** Ways to ask for a microversion of the list of attachments, in one header or in the other. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { HarnessError } from '../../../src/conformance/errors.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { Microversion } from '../../../src/microversion.ts';
import { given } from '../given.ts';
import { list } from './operations.ts';

export type VersionHeaders = Readonly<Record<string, string>>;

export const modern = (value: string): VersionHeaders => ({ 'openstack-api-version': value });
export const older = (value: string): VersionHeaders => ({ 'x-openstack-nova-api-version': value });

export async function ask(stage: Stage, headers: VersionHeaders): Promise<Exchange> {
  const [{ server }] = await given(stage).quiet();
  return list(stage, server, { microversion: 'none', headers });
}

export function newestOf({ world }: Pick<Stage, 'world'>): Microversion {
  const { last } = world.target.range;
  if (!last) throw new HarnessError('The target has no newest microversion');
  return last;
}

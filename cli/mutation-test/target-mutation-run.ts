/** A mutation run on a cloud of the user, with the tampering proxy in front of the tested service. */
import { createHttpClient } from '../../src/client/http-client.ts';
import { removeOwned } from '../../src/resources/cleanup.ts';
import type { Owned } from '../../src/resources/ledger.ts';
import { proxied } from '../../src/mutation/proxied.ts';
import { resourceKinds } from '../../suites/resources.ts';
import { UsageError } from '../errors.ts';
import { openLedgerFile } from '../run/ledger-file.ts';
import type { OpenTarget } from '../run/open-target.ts';
import type { RunOptions } from '../run/run-options.ts';
import { limitsFor } from '../run/resource-limits.ts';
import { openMutationRun, type MutationRun } from './mutation-run.ts';
import { startTamperingProxy } from './tampering-proxy.ts';

export interface TargetMutationRun extends MutationRun {
  /** Removes everything that was created; returns what could not be removed. */
  readonly clear: () => Promise<readonly Owned[]>;
}

/** `ledgerFile` records each creation before its request; `failed` is called when it cannot be written. */
export async function openTargetMutationRun(
  { name, credentials, embedded, capabilities }: OpenTarget,
  options: Pick<RunOptions, 'fixtures' | 'capabilities' | 'limits' | 'requestsPerSecond'>,
  ledgerFile: string,
  failed: (error: Error) => void,
): Promise<TargetMutationRun> {
  const direct = createHttpClient();
  const mutationRun = await openMutationRun({
    name,
    credentials,
    embedded,
    fixtures: options.fixtures,
    capabilities: { ...capabilities, ...options.capabilities },
    limits: limitsFor(options.limits, resourceKinds),
    requestsPerSecond: options.requestsPerSecond,
    through: (http) => proxied(http, direct, origin, proxy.origin),
    pools: 'shared',
    append: openLedgerFile(ledgerFile, failed).append,
  });
  const behind = createHttpClient(mutationRun.connection);
  const origin = originOf(mutationRun);
  const { recognise, derived: faults } = mutationRun;
  const proxy = await startTamperingProxy({ target: origin, faults, recognise, http: behind });
  const close = async (): Promise<void> => {
    await proxy.close();
    await Promise.all([behind.close(), direct.close()]);
    await mutationRun.close();
  };
  return { ...mutationRun, close, clear: async () => (await removeOwned(mutationRun.shared, resourceKinds)).left };
}

/** @throws UsageError when the tested services have different origins: one proxy is in front of them */
function originOf({ contracts, shared }: MutationRun): string {
  const origins = new Set(contracts.map(({ service }) => new URL(shared.service(service).endpoint).origin));
  const [origin, ...others] = origins;
  if (origin !== undefined && others.length === 0) return origin;
  throw new UsageError(`The tested services have several origins: ${[...origins].join(', ')}. Test one service.`);
}

/** The lab of somebody's own cloud, with the tampering proxy before its compute service. */
import { createHttpClient } from '../../src/client/http-client.ts';
import { removeOwned } from '../../src/conformance/removal.ts';
import type { Owned } from '../../src/conformance/ledger.ts';
import { proxied } from '../../src/refutation/proxied.ts';
import { resourceKinds } from '../../suites/resources.ts';
import { openLedgerFile } from '../run/ledger-file.ts';
import type { OpenTarget } from '../run/open-target.ts';
import type { RunOptions } from '../run/run-options.ts';
import { openLab, type Lab } from './lab.ts';
import { startTamperingProxy } from './tampering-proxy.ts';

export interface TargetLab extends Lab {
  /** Removes all that was made; what could not be removed comes back. */
  readonly clear: () => Promise<readonly Owned[]>;
}

/** `ledgerFile`: where creations are written down before they are asked for; `failed` is told when it cannot be. */
export async function openTargetLab(
  { name, credentials, embedded, capabilities }: OpenTarget,
  options: Pick<RunOptions, 'fixtures' | 'capabilities' | 'limits' | 'requestsPerSecond'>,
  ledgerFile: string,
  failed: (error: Error) => void,
): Promise<TargetLab> {
  const direct = createHttpClient();
  const lab = await openLab({
    name,
    credentials,
    embedded,
    fixtures: options.fixtures,
    capabilities: { ...capabilities, ...options.capabilities },
    limits: options.limits,
    requestsPerSecond: options.requestsPerSecond,
    through: (http) => proxied(http, direct, origin, proxy.origin),
    stock: 'one',
    append: openLedgerFile(ledgerFile, failed).append,
  });
  const behind = createHttpClient(lab.connection);
  const origin = new URL(lab.target.endpoints[lab.contract.service] ?? '').origin;
  const { recognise, derived: faults } = lab;
  const proxy = await startTamperingProxy({ target: origin, faults, recognise, http: behind });
  const close = async (): Promise<void> => {
    await proxy.close();
    await Promise.all([behind.close(), direct.close()]);
    await lab.close();
  };
  return { ...lab, close, clear: async () => (await removeOwned(lab.shared, resourceKinds)).left };
}

/** Opens the target of a run: the one that the user named, or the simulator on a free loopback port. */
import type { Identity } from '../../src/clauses/identity.ts';
import type { Target } from '../../src/planning/target.ts';
import { jsonObject, type Json } from '../../src/json.ts';
import { emptyVariables, namesTarget } from '../../src/target/cloud-environment.ts';
import { credentialsFromCloud } from '../../src/target/cloud-entry.ts';
import type { CloudsFile } from '../../targets/simulator/index.ts';
import { UsageError } from '../errors.ts';
import { simulatorMaximum } from '../simulator-maximum.ts';
import { findCredentials, type CredentialsByIdentity } from './find-credentials.ts';
import type { RunOptions } from './run-options.ts';

export interface OpenTarget {
  readonly name: string;
  /** The release of the embedded cloud; missing for any other target. */
  readonly release?: string;
  readonly credentials: CredentialsByIdentity;
  /** The identities created for this run. */
  readonly made?: ReadonlySet<Identity>;
  readonly creationFailures?: Target['creationFailures'];
  /** The target is the embedded cloud. */
  readonly embedded: boolean;
  /** Known capabilities of the target; options override them. */
  readonly capabilities: Readonly<Record<string, boolean>>;
  readonly close: () => Promise<void>;
}

/** The cloud of the simulator for each role. */
const simulatorRoles: Readonly<Record<Identity, string>> = {
  member: 'sim-demo',
  reader: 'sim-demo-reader',
  other: 'sim-alt',
  admin: 'sim-admin',
  service: 'sim-demo-service',
};

/** @throws UsageError, CredentialsError */
export async function openTarget(
  options: Pick<
    RunOptions,
    'clouds' | 'signIn' | 'simulatorMaximum' | 'simulatorQuotas' | 'targetName' | 'dynamicCredentials'
  > &
    Partial<Pick<RunOptions, 'requireTarget'>>,
): Promise<OpenTarget> {
  const { clouds, signIn } = options;
  const optionsName = Object.keys(clouds).length > 0 || Object.keys(signIn.member).length > 0;
  const option = embeddedOption(options);
  if (optionsName && option !== undefined) {
    throw new UsageError(
      `${option} selects the embedded cloud, but another cloud is named by --os-cloud or another --os-* option. Pass one of them.`,
    );
  }
  if (option === undefined && clouds.member === undefined) refuseEmpty(process.env);
  if ((optionsName || namesTarget(process.env)) && option === undefined) {
    const credentials = findCredentials(clouds, signIn, options.dynamicCredentials ? 'admin' : 'member');
    const from = (credentials.member ?? credentials.admin)?.from;
    const name = options.targetName ?? from?.replace(/^cloud /, '') ?? 'OS_* variables';
    return { name, credentials, embedded: false, capabilities: {}, close: async () => undefined };
  }
  if (options.requireTarget) {
    throw new UsageError(
      '--require-target: no target is named, so the embedded cloud would be tested. Pass --os-cloud CLOUD or a profile by --target, or set OS_CLOUD.',
    );
  }
  const maximum = simulatorMaximum(options.simulatorMaximum);
  // A run on a cloud does not load the simulator.
  const { startSimulator } = await import('../../targets/simulator/index.ts');
  const simulator = await startSimulator({
    maximum,
    reclaimInstanceInterval: 3600,
    serviceSeesMigrations: true,
    quotas: options.simulatorQuotas,
  });
  const all = simulatorCredentials(simulator.clouds);
  return {
    name: options.targetName ?? `simulator ${maximum}`,
    release: maximum,
    credentials: options.dynamicCredentials ? { admin: all.admin } : all,
    embedded: true,
    capabilities: { exclusive: true, 'service-sees-migrations': true, 'whole-api': false },
    close: () => simulator.close(),
  };
}

/** @throws UsageError for an empty variable: it names nothing, so that the embedded cloud would be tested instead */
function refuseEmpty(env: NodeJS.ProcessEnv): void {
  const [first, ...others] = emptyVariables(env);
  if (first === undefined) return;
  const names = [first, ...others].join(', ');
  throw new UsageError(
    `${names} ${others.length === 0 ? 'is' : 'are'} set and empty. Set ${first} to a value, or unset ${others.length === 0 ? 'it' : 'them'} to test the embedded cloud.`,
  );
}

/** The given option that applies to the embedded cloud only. */
function embeddedOption({
  simulatorMaximum: maximum,
  simulatorQuotas: { servers, volumes },
}: Pick<RunOptions, 'simulatorMaximum' | 'simulatorQuotas'>): string | undefined {
  if (maximum !== undefined) return '--simulator-maximum';
  if (servers !== undefined) return '--quota-servers';
  return volumes === undefined ? undefined : '--quota-volumes';
}

/** The credentials of all roles. */
export function simulatorCredentials(file: CloudsFile): Required<CredentialsByIdentity> {
  const clouds = jsonObject(file.clouds as unknown as Json);
  const credentials = Object.entries(simulatorRoles).map(([identity, cloud]) => [
    identity,
    credentialsFromCloud(`cloud ${cloud}`, jsonObject(clouds[cloud])),
  ]);
  return Object.fromEntries(credentials) as Required<CredentialsByIdentity>;
}

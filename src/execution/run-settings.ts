/** The settings of a run: plain data, so that they can be passed to another thread. */
import type { HttpClientOptions } from '../client/http-client.ts';
import type { ClientAccesses } from '../resources/client-access.ts';
import type { Credentials } from '../target/credentials.ts';
import { range, formatRange } from '../microversion.ts';
import type { Identity } from '../clauses/identity.ts';
import type { Limits } from '../planning/limits.ts';
import type { Target, TargetService } from '../planning/target.ts';

export interface RunSettings {
  readonly runName: string;
  readonly target: PlainTarget;
  readonly credentials: Readonly<Partial<Record<Identity, Credentials>>>;
  readonly clients: ClientAccesses;
  /** How all identities reach the target. */
  readonly connection: HttpClientOptions;
  /** Secrets, in addition to the credentials, that must reach no file and no terminal. */
  readonly secrets: readonly string[];
  /** Ids of the cases to decide, in order. */
  readonly cases: readonly string[];
  readonly limits: Limits;
  /** For all services together; unlimited when missing. */
  readonly requestsPerSecond?: number;
  /** Multiplies every timeout. */
  readonly timeoutFactor: number;
  /** Nothing may be created, changed or removed. */
  readonly readOnly?: true;
  /** Cases with a confirmed failure keep the resources that they used. */
  readonly keep?: true;
  /** How long running cases may continue after a stop; until they complete when missing. */
  readonly graceMs?: number;
  /** Modules of extension suites. */
  readonly suites: readonly string[];
  /** Files of each contract to test the target against: one with everything, or a head and operations. */
  readonly contractFiles: readonly (readonly string[])[];
  /** The ledger of created resources. */
  readonly ledgerFile: string;
  /** The debug log; none when missing. */
  readonly debugFile?: string;
}

export interface PlainTarget extends Omit<Target, 'services' | 'identities'> {
  readonly services: Readonly<Record<string, PlainService>>;
  readonly identities: readonly Identity[];
}

interface PlainService {
  readonly endpoint: string;
  readonly range?: string;
}

export function plainTarget(target: Target): PlainTarget {
  const services = Object.entries(target.services).map(([type, { endpoint, range: whole }]): [string, PlainService] => [
    type,
    { endpoint, ...(whole && { range: formatRange(whole) }) },
  ]);
  return { ...target, services: Object.fromEntries(services), identities: [...target.identities] };
}

export function targetOf(plain: PlainTarget): Target {
  const services = Object.entries(plain.services).map(([type, { endpoint, range: whole }]): [string, TargetService] => [
    type,
    { endpoint, ...(whole !== undefined && { range: range(whole) }) },
  ]);
  return { ...plain, services: Object.fromEntries(services), identities: new Set(plain.identities) };
}

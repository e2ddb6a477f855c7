/** What a run is told before it starts: plain data, so that it can cross from one thread to another. */
import type { HttpClientOptions } from '../client/http-client.ts';
import type { Credentials } from '../target/credentials.ts';
import { range, formatRange } from '../microversion.ts';
import type { Identity } from './identity.ts';
import type { Limits } from './limits.ts';
import type { Target } from './target.ts';

export interface RunSettings {
  readonly runName: string;
  readonly target: PlainTarget;
  readonly credentials: Readonly<Partial<Record<Identity, Credentials>>>;
  /** How everybody reaches the target. */
  readonly connection: HttpClientOptions;
  /** Values besides those of the credentials that must reach no file and no terminal. */
  readonly secrets: readonly string[];
  /** Ids of the cases to decide, in order. */
  readonly cases: readonly string[];
  readonly limits: Limits;
  /** To all services together; as fast as it goes when missing. */
  readonly requestsPerSecond?: number;
  /** Multiplies every budget of time. */
  readonly patience: number;
  /** Nothing may be made, changed or removed. */
  readonly readOnly?: true;
  /** What failed, and was seen to fail once more alone, keeps what it used. */
  readonly keep?: true;
  /** How long cases under way may go on when the run is told to stop; to their end when missing. */
  readonly graceMs?: number;
  /** Modules of suites besides ours. */
  readonly suites: readonly string[];
  /** Files of the contract to hold the target to: one with all, or a head and operations. */
  readonly contractFiles: readonly string[];
  /** Where creations are written down. */
  readonly ledgerFile: string;
  /** Where every turn of the run is written down; nowhere when missing. */
  readonly debugFile?: string;
}

export interface PlainTarget extends Omit<Target, 'range' | 'identities'> {
  readonly range: string;
  readonly identities: readonly Identity[];
}

export function plainTarget(target: Target): PlainTarget {
  return { ...target, range: formatRange(target.range), identities: [...target.identities] };
}

export function targetOf(plain: PlainTarget): Target {
  return { ...plain, range: range(plain.range), identities: new Set(plain.identities) };
}

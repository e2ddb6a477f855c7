/** What a run is told before it starts: plain data, so that it can cross from one thread to another. */
import type { Credentials } from '../target/credentials.ts';
import { range, formatRange } from '../microversion.ts';
import type { Identity } from './clause.ts';
import type { Limits } from './world.ts';
import type { Target } from './target.ts';

export interface RunSettings {
  readonly runName: string;
  readonly target: PlainTarget;
  readonly credentials: Readonly<Partial<Record<Identity, Credentials>>>;
  /** PEM certificates by identity, where its credentials name a file. */
  readonly certificates: readonly string[];
  readonly insecure: boolean;
  /** Ids of the cases to decide, in order. */
  readonly cases: readonly string[];
  readonly limits: Limits;
  /** Multiplies every budget of time. */
  readonly patience: number;
  /** Files: the contract to hold the target to, and where creations are written down. */
  readonly contractFile: string;
  readonly ledgerFile: string;
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

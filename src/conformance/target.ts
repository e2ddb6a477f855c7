/** The system under test as a run knows it: what it supports, who may ask, what may be used. */
import type { MicroversionRange } from '../microversion.ts';
import type { Identity } from './identity.ts';

export interface Target {
  readonly name: string;
  /** By service type, without a trailing slash. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** What it says it supports of the service under test. */
  readonly range: MicroversionRange;
  readonly identities: ReadonlySet<Identity>;
  /** Why an identity that was to be made for the run was not, and what would mend it. */
  readonly unmade?: Readonly<Partial<Record<Identity, Unmade>>>;
  readonly capabilities: Readonly<Record<string, Capability>>;
  /** Flavor, image and the like by kind: ids. */
  readonly fixtures: Readonly<Record<string, string>>;
}

export interface Unmade {
  readonly reason: string;
  readonly mend: string;
}

export interface Capability {
  readonly has: boolean;
  readonly told: 'declared' | 'found' | 'assumed';
}

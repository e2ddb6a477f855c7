/** The system under test: what it supports, available identities, and fixtures to use. */
import type { MicroversionRange } from '../microversion.ts';
import type { Identity } from '../clauses/identity.ts';

export interface Target {
  readonly name: string;
  /** By service type, without a trailing slash. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** The supported microversions of the service under test, as the target reports them. */
  readonly range: MicroversionRange;
  readonly identities: ReadonlySet<Identity>;
  /** Why an identity could not be created for the run, and the remedy. */
  readonly creationFailures?: Readonly<Partial<Record<Identity, CreationFailure>>>;
  readonly capabilities: Readonly<Record<string, Capability>>;
  /** Ids by kind, such as flavor and image. */
  readonly fixtures: Readonly<Record<string, string>>;
}

export interface CreationFailure {
  readonly reason: string;
  readonly remedy: string;
}

export interface Capability {
  readonly has: boolean;
  readonly source: 'declared' | 'found' | 'assumed';
}

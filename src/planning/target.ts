/** The system under test: what it supports, available identities, and fixtures to use. */
import type { MicroversionRange } from '../microversion.ts';
import type { Identity } from '../clauses/identity.ts';

export interface Target {
  readonly name: string;
  /** By service type; what the target does not have, or the run does not use, is missing. */
  readonly services: Readonly<Record<string, TargetService>>;
  /** Why a service cannot be tested, by service type, and the remedy. */
  readonly missingServices?: Readonly<Record<string, CreationFailure>>;
  readonly identities: ReadonlySet<Identity>;
  /** Why an identity could not be created for the run, and the remedy. */
  readonly creationFailures?: Readonly<Partial<Record<Identity, CreationFailure>>>;
  readonly capabilities: Readonly<Record<string, Capability>>;
  /** Ids by kind, such as flavor and image. */
  readonly fixtures: Readonly<Record<string, string>>;
}

export interface TargetService {
  /** Without a trailing slash. */
  readonly endpoint: string;
  /** The supported microversions of a service under test, as the target reports them. */
  readonly range?: MicroversionRange;
}

export interface CreationFailure {
  readonly reason: string;
  readonly remedy: string;
}

export interface Capability {
  readonly has: boolean;
  readonly source: 'declared' | 'found' | 'assumed';
}

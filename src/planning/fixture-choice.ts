/** Choosing what a run uses of its target: resources that the operator named, else suitable ones. */
import type { Exchange } from '../client/exchange.ts';
import type { MicroversionRange } from '../microversion.ts';
import type { Capability, Target } from './target.ts';

/** Sends a GET during discovery, as the member. */
export type Ask = (service: string, path: string, microversion?: string) => Promise<Exchange>;

/** A resource or value of the target that a run uses. */
export interface Fixture {
  readonly kind: string;
  readonly id: string;
  readonly name?: string;
  /** `given` by the operator, or `chosen` by the harness. */
  readonly source: 'given' | 'chosen';
}

export interface FixtureRequest {
  /** Of the service that chooses. */
  readonly range: MicroversionRange;
  readonly given: Target['fixtures'];
  readonly projectId: string | undefined;
  /** Whether the target has a service. */
  readonly hasEndpoint: (type: string) => boolean;
  /** Asks as an administrator, to whom a service may show more. */
  readonly askAdmin?: Ask | undefined;
}

/** What one resource uses of the quotas of its project: by resource type and quota, `{ server: { cores: 1 } }`. */
export type QuotaUse = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface FixtureChoice {
  readonly fixtures: readonly Fixture[];
  /** Capabilities that follow from the fixtures, by id. */
  readonly capabilities: Readonly<Record<string, Capability>>;
  readonly quotaUse: QuotaUse;
}

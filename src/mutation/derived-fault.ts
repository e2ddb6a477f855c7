/**
 * A seeded fault that is derived from the contract: it changes responses on their way back, or responds instead of the
 * service.
 *
 * A request reaches the service unchanged, or not at all.
 */
import type { ReceivedResponse, SentRequest } from '../client/exchange.ts';
import type { OperationId } from '../contract/model.ts';
import type { Microversion } from '../microversion.ts';

export interface DerivedFault {
  /** `derived:drops-member:compute/show-volume-attachment:/volumeAttachment/tag:2.70-2.88`. */
  readonly id: string;
  /** As clauses name it: `derived:drops-member`. */
  readonly kind: `derived:${string}`;
  readonly operation: OperationId;
  /** The part of the operation that it changes, such as the pointer of a member. */
  readonly about?: string;
  /** What the fault does, as a sentence. */
  readonly summary: string;
  /** Set for a fault in requests for microversions that the service refuses; all others leave those unchanged. */
  readonly versions?: 'refused';
  /** The documented status code of the refusal that it changes. */
  readonly status?: number;
  /** Why no client can detect it; set for equivalent faults only. */
  readonly equivalent?: string;
  /** A response of the fault's own, instead of the service's; undefined forwards the request. */
  readonly respond?: (asked: Asked) => ReceivedResponse | undefined;
  /** The changed response; undefined leaves the response of the service unchanged. */
  readonly change?: (asked: Asked, response: ReceivedResponse) => ReceivedResponse | undefined;
}

/** A request, as faults get it. */
export interface Asked {
  readonly request: SentRequest;
  readonly operation: OperationId;
  /** The microversion that applies to it; the newest one for a refused microversion. */
  readonly microversion: Microversion;
  /** It asks for a microversion that is malformed or out of range. */
  readonly refusedVersion: boolean;
  /** Values of the path parameters. */
  readonly path: Readonly<Record<string, string>>;
}

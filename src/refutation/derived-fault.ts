/**
 * A deviation made from the contract itself: it changes replies on their way back, or answers in the service's stead.
 *
 * What a request asks for reaches the service as it was sent, or not at all.
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
  /** A sentence: what goes wrong. */
  readonly summary: string;
  /** Set for a fault that meets requests for microversions which the service refuses; all others do not. */
  readonly versions?: 'refused';
  /** The documented code of a refusal that it changes. */
  readonly status?: number;
  /** Why no client can tell, where none can. */
  readonly equivalent?: string;
  /** A reply of the fault's own, in place of asking the service; undefined lets the request through. */
  readonly answer?: (asked: Asked) => ReceivedResponse | undefined;
  /** What comes back instead of the service's reply; undefined leaves it as it is. */
  readonly change?: (asked: Asked, reply: ReceivedResponse) => ReceivedResponse | undefined;
}

/** A request as a fault sees it. */
export interface Asked {
  readonly request: SentRequest;
  readonly operation: OperationId;
  /** The one that it is to be answered at; the newest where none is to be had. */
  readonly microversion: Microversion;
  /** It asks for a microversion that is malformed or out of range. */
  readonly refusedVersion: boolean;
  /** Values of the path's names. */
  readonly path: Readonly<Record<string, string>>;
}

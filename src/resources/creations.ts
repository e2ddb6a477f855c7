/** Requests under test that create a resource: recorded before they are sent, and removed when the case completes. */
import type { Exchange } from '../client/exchange.ts';
import type { Identity } from '../clauses/identity.ts';
import type { Json } from '../json.ts';
import type { Reservation } from './reservations.ts';

export interface CreatingRequest {
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly body?: Json;
  readonly rawBody?: string;
  readonly as?: Identity | 'nobody';
}

export interface Creations {
  /**
   * Records in the ledger what the request may create; undefined when it creates nothing. `charge` reserves capacity
   * for the case.
   */
  readonly begin: (request: CreatingRequest, charge: Reservation['charge']) => Promise<Creation | undefined>;
}

export interface Creation {
  /** How many resources the request may create. */
  readonly size: number;
  /** Records what the response says was created, or that nothing was. */
  readonly settle: (exchange: Exchange) => Promise<void>;
  /** The request was not sent. */
  readonly cancel: () => void;
  /** Removes what was created. Further calls do nothing. */
  readonly end: () => Promise<void>;
}

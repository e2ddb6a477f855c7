/** The limits of a run: resources at the same time, and the request rate. */
export interface LimitFacts {
  readonly servers: number;
  readonly volumes: number;
  /** To all services together; unlimited when missing. */
  readonly requestsPerSecond?: number;
  /** Limits that the quotas of the project reduced. */
  readonly lowered: readonly LoweredLimit[];
}

export interface LoweredLimit {
  readonly kind: 'servers' | 'volumes';
  readonly from: number;
  readonly to: number;
}

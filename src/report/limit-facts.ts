/** How much a run could have of its target at a time, and how fast it asked. */
export interface LimitFacts {
  readonly servers: number;
  readonly volumes: number;
  /** To all services together; as fast as it went when missing. */
  readonly requestsPerSecond?: number;
  /** What the quotas of the project left, where that is less than the run might have had. */
  readonly lowered: readonly LoweredLimit[];
}

export interface LoweredLimit {
  readonly kind: 'servers' | 'volumes';
  readonly from: number;
  readonly to: number;
}

/** The quotas of each project of the embedded cloud. */
import { count } from './whole-number.ts';

export interface SimulatorQuotas {
  readonly servers?: number;
  readonly volumes?: number;
}

export interface QuotaOptions {
  readonly quotaServers?: string;
  readonly quotaVolumes?: string;
}

/** @throws UsageError */
export function simulatorQuotas({ quotaServers, quotaVolumes }: QuotaOptions): SimulatorQuotas {
  return {
    ...(quotaServers === undefined ? {} : { servers: count('--quota-servers', quotaServers, 0) }),
    ...(quotaVolumes === undefined ? {} : { volumes: count('--quota-volumes', quotaVolumes, 0) }),
  };
}

/**
 * The options of a simulated cloud and their defaults.
 */

import { type Offer, offerOf } from './traits.ts';

export const maxima = ['2.60', '2.93', '2.100', '2.104'] as const;

/** The newest compute microversion of a release: Queens, Zed, 2025.1 and the one after 2026.1. */
export type Maximum = (typeof maxima)[number];

/** How a compute host names disks: keeps the requested letter, changes the prefix too, or ignores the request. */
export type DeviceNaming = 'honoured' | 'rewritten' | 'ignored';

export type Responder = 'as-nova' | 'exemplary';

export interface Quotas {
  /** -1 is unlimited, here and below. */
  readonly servers: number;
  readonly cores: number;
  readonly volumes: number;
  readonly serverGroups: number;
  /** Servers of one group. */
  readonly serverGroupMembers: number;
}

export interface SimulatorOptions {
  readonly maximum?: Maximum;
  /** 0 chooses a free one. */
  readonly port?: number;
  /** Milliseconds per asynchronous step, such as powering off a server. */
  readonly pace?: number;
  readonly deviceNaming?: DeviceNaming;
  /** Entries per page of a list. */
  readonly maxLimit?: number;
  /** Disks that one server may have; unlimited when missing. */
  readonly maxDisks?: number;
  /** Whether a shelved server is offloaded at once or on an administrator's request. */
  readonly shelvedOffload?: 'at-once' | 'on-request';
  /** Seconds for which a deleted server can be restored; 0 deletes permanently. */
  readonly reclaimInstanceInterval?: number;
  /** Whether a project's reader is refused changes (`new`), or has the rights of any user (`legacy`). */
  readonly policyDefaults?: 'new' | 'legacy';
  readonly quotas?: Partial<Quotas>;
  /** Whether the volume service shows volumes and their migrations to the service role, as some operators configure. */
  readonly serviceSeesMigrations?: boolean;
  /** Lifetime of a token in seconds. */
  readonly tokenLifetime?: number;
  /** The support contact in the message of a 500. */
  readonly supportText?: string;
  /** 20: one of twenty new servers ends in ERROR; 0 or missing: none. */
  readonly failBoots?: number;
  /** Ids of the faults that are enabled at start. */
  readonly faults?: readonly string[];
  /** Whether it has the defects of Nova itself, or no known defect. */
  readonly respond?: Responder;
  /** Whether a request can choose the faults that apply to it, by the header `x-simulator-faults`. */
  readonly faultsByRequest?: boolean;
  /** Ids of the traits in which this cloud differs from the usual one. */
  readonly traits?: readonly string[];
}

export interface Settings {
  readonly maximum: Maximum;
  readonly port: number;
  readonly pace: number;
  readonly deviceNaming: DeviceNaming;
  readonly maxLimit: number;
  readonly maxDisks: number;
  readonly shelvedOffload: 'at-once' | 'on-request';
  readonly reclaimInstanceInterval: number;
  readonly policyDefaults: 'new' | 'legacy' | undefined;
  readonly quotas: Quotas;
  readonly serviceSeesMigrations: boolean;
  readonly tokenLifetime: number;
  readonly supportText: string | undefined;
  readonly failBoots: number;
  readonly respond: Responder;
  readonly faultsByRequest: boolean;
  readonly offer: Offer;
}

export function settingsFrom(options: SimulatorOptions): Settings {
  return {
    maximum: options.maximum ?? '2.104',
    port: options.port ?? 0,
    pace: options.pace ?? 5,
    deviceNaming: options.deviceNaming ?? 'honoured',
    maxLimit: options.maxLimit ?? 1000,
    maxDisks: options.maxDisks ?? Infinity,
    shelvedOffload: options.shelvedOffload ?? 'on-request',
    reclaimInstanceInterval: options.reclaimInstanceInterval ?? 0,
    policyDefaults: options.policyDefaults,
    quotas: { servers: -1, cores: -1, volumes: -1, serverGroups: -1, serverGroupMembers: -1, ...options.quotas },
    serviceSeesMigrations: options.serviceSeesMigrations ?? false,
    tokenLifetime: options.tokenLifetime ?? 86_400,
    supportText: options.supportText,
    failBoots: options.failBoots ?? 0,
    respond: options.respond ?? 'as-nova',
    faultsByRequest: options.faultsByRequest ?? false,
    offer: offerOf(options.traits ?? []),
  };
}

/**
 * What can be chosen about a simulated cloud, and what it is when nothing is chosen.
 */

import { type Offer, offerOf } from './traits.ts';

export const maxima = ['2.60', '2.93', '2.100', '2.104'] as const;

/** The newest compute microversion of a release: Queens, Zed, 2025.1 and the one after 2026.1. */
export type Maximum = (typeof maxima)[number];

/** How a compute host names disks: keeps the letter asked for, also changes the prefix, or goes its own way. */
export type DeviceNaming = 'honoured' | 'rewritten' | 'ignored';

export type Conduct = 'as-nova' | 'exemplary';

export interface Quotas {
  /** -1 is unlimited, here and below. */
  readonly servers: number;
  readonly cores: number;
  readonly volumes: number;
}

export interface SimulatorOptions {
  readonly maximum?: Maximum;
  /** 0 takes a free one. */
  readonly port?: number;
  /** Milliseconds that one asynchronous step takes, such as powering off a server. */
  readonly pace?: number;
  readonly deviceNaming?: DeviceNaming;
  /** Entries per page of a list. */
  readonly maxLimit?: number;
  /** Disks that one server may have; undefined is without end. */
  readonly maxDisks?: number;
  /** Whether a shelved server leaves its host by itself or waits for an administrator. */
  readonly shelvedOffload?: 'at-once' | 'on-request';
  /** Seconds for which a deleted server can be restored; 0 deletes for good. */
  readonly reclaimInstanceInterval?: number;
  /** Whether a project's reader is refused what changes something, or is any other user. */
  readonly policyDefaults?: 'new' | 'legacy';
  readonly quotas?: Partial<Quotas>;
  /** Whether the volume service shows volumes and their migrations to the service role, as some operators have it. */
  readonly serviceSeesMigrations?: boolean;
  /** Seconds that a token lasts. */
  readonly tokenLifetime?: number;
  /** Who the message of a 500 tells to turn to. */
  readonly supportText?: string;
  /** 20: of twenty new servers one ends in ERROR; 0, as when missing: none. */
  readonly failBoots?: number;
  /** Ids of the deviations to start with. */
  readonly faults?: readonly string[];
  /** Whether it has the defects of Nova itself, or none that anybody knows of. */
  readonly conduct?: Conduct;
  /** Whether a request can name the faults that it is to meet, by the header `x-simulator-faults`. */
  readonly faultsByRequest?: boolean;
  /** Ids of what this cloud has in another way than usual. */
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
  readonly conduct: Conduct;
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
    quotas: { servers: -1, cores: -1, volumes: -1, ...options.quotas },
    serviceSeesMigrations: options.serviceSeesMigrations ?? false,
    tokenLifetime: options.tokenLifetime ?? 86_400,
    supportText: options.supportText,
    failBoots: options.failBoots ?? 0,
    conduct: options.conduct ?? 'as-nova',
    faultsByRequest: options.faultsByRequest ?? false,
    offer: offerOf(options.traits ?? []),
  };
}

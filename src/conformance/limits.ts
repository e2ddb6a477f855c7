/** How much of a target a run may have at a time, and what would allow it more. */
import type { Amount, PlaceKind } from './amount.ts';

export interface Limits extends Amount {
  /** What an operator does to allow more, as full sentences. */
  readonly mends: Readonly<Record<PlaceKind, string>>;
}

/** What a target has left; a kind that it does not tell of is missing. */
export type Free = Readonly<Partial<Amount>>;

/** The same, or less where the target has less: what the operator gave stays the most. */
export function limitsWithin({ servers, volumes, mends }: Limits, free: Free): Limits {
  const least = (own: number, left = Infinity): number => Math.min(own, Math.max(0, Math.floor(left)));
  const amount = { servers: least(servers, free.servers), volumes: least(volumes, free.volumes) };
  const mend = (kind: PlaceKind, own: number): string =>
    amount[kind] < own ? `Raise the quota of ${kind} of the project, or remove what it does not need.` : mends[kind];
  return { ...amount, mends: { servers: mend('servers', servers), volumes: mend('volumes', volumes) } };
}

/** Limits that the operator gave, and can raise. */
export function ownLimits({ servers, volumes }: Amount): Limits {
  const mends = { servers: 'Allow more by --max-servers.', volumes: 'Allow more by --max-volumes.' };
  return { servers, volumes, mends };
}

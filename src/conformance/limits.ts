/** How much of a target a run may have at a time, and what would allow it more. */
import type { Amount, PlaceKind } from './amount.ts';

export interface Limits extends Amount {
  /** What an operator does to allow more, as full sentences. */
  readonly mends: Readonly<Record<PlaceKind, string>>;
}

/** Limits that the operator gave, and can raise. */
export function ownLimits({ servers, volumes }: Amount): Limits {
  const mends = { servers: 'Allow more by --max-servers.', volumes: 'Allow more by --max-volumes.' };
  return { servers, volumes, mends };
}

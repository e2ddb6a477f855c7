/** Amounts of what takes up room in a target: servers and volumes. */

export interface Amount {
  readonly servers: number;
  readonly volumes: number;
}

export type PlaceKind = keyof Amount;

export const none: Amount = { servers: 0, volumes: 0 };

export function add(a: Amount, b: Amount): Amount {
  return { servers: a.servers + b.servers, volumes: a.volumes + b.volumes };
}

export function minus(a: Amount, b: Amount): Amount {
  return { servers: a.servers - b.servers, volumes: a.volumes - b.volumes };
}

export function least(a: Amount, b: Amount): Amount {
  return { servers: Math.min(a.servers, b.servers), volumes: Math.min(a.volumes, b.volumes) };
}

export function fits(amount: Amount, limits: Amount): boolean {
  return amount.servers <= limits.servers && amount.volumes <= limits.volumes;
}

/** The first kind of which there is more than allowed. */
export function excess(amount: Amount, limits: Amount): PlaceKind | undefined {
  if (amount.servers > limits.servers) return 'servers';
  return amount.volumes > limits.volumes ? 'volumes' : undefined;
}

export function one(kind: PlaceKind): Amount {
  return { ...none, [kind]: 1 };
}

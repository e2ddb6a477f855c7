/**
 * The records of servers that moved, or were to move, from one host to another.
 */

import { storePer } from '../../kernel/store.ts';
import type { ComputeCall } from '../call.ts';
import type { ComputeState, Flavor, Server } from '../state.ts';

export interface Migration {
  /** A number, as the API shows it. */
  readonly id: string;
  readonly uuid: string;
  readonly type: 'resize' | 'migration' | 'live-migration' | 'evacuation';
  readonly serverId: string;
  readonly projectId: string;
  readonly userId: string;
  readonly source: string;
  destination: string;
  readonly formerFlavor: Flavor;
  readonly flavor: Flavor;
  readonly createdAt: Date;
  updatedAt: Date;
  status: string;
}

export const migrations = storePer<ComputeState, Migration>();

type Move = Pick<Migration, 'type' | 'status' | 'destination'> & Partial<Pick<Migration, 'flavor'>>;

export function recordMigration({ cloud, caller }: ComputeCall, server: Server, move: Move): Migration {
  const all = migrations(cloud.compute);
  const now = cloud.now();
  const migration: Migration = {
    flavor: server.flavor,
    ...move,
    id: String([...all].length + 1),
    uuid: cloud.newId(),
    serverId: server.id,
    projectId: caller.projectId ?? server.projectId,
    userId: caller.userId,
    source: server.host ?? '',
    formerFlavor: server.flavor,
    createdAt: now,
    updatedAt: now,
  };
  all.add(migration);
  return migration;
}

/** Sets the status of the last migration of a server. */
export function migrationBecomes({ cloud }: ComputeCall, server: Server, status: string): void {
  const last = lastMigration({ cloud }, server);
  if (!last) return;
  last.status = status;
  last.updatedAt = cloud.now();
}

export function lastMigration({ cloud }: Pick<ComputeCall, 'cloud'>, { id }: Server): Migration | undefined {
  return [...migrations(cloud.compute)].findLast(({ serverId }) => serverId === id);
}

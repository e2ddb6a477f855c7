/** The end of a volume, by how it is held: what passes is waited for, what does not is undone by who can. */
import { expect, test } from 'vitest';
import type { SentRequest } from '../../src/client/exchange.ts';
import type { HttpOutcome } from '../../src/client/http-client.ts';
import { budgets } from '../../src/conformance/budgets.ts';
import type { Identity } from '../../src/conformance/identity.ts';
import { createLedger, type Ledger, type LedgerEntry } from '../../src/conformance/ledger.ts';
import type { Session } from '../../src/target/session.ts';
import { guardOf } from '../../suites/changes.ts';
import { removeVolume } from '../../suites/block-storage/remove-volume.ts';
import { things as contract } from '../conformance/things.ts';
import { answered, tinyWorld } from '../conformance/tiny-world.ts';

interface Play {
  readonly name: string;
  /** What it says at each look; the last goes on. */
  readonly statuses: readonly string[];
  /** No deletion is taken before an administrator has put it right. */
  readonly migrates: boolean;
  /** When the server went that it says it is attached to. */
  readonly serverWent?: string;
  readonly asked: readonly string[];
}

const now = '2026-01-01T00:00:00.000Z';
const reset = 'os-reset_status';

const plays: readonly Play[] = [
  { name: 'that is free is deleted at once', statuses: ['available'], migrates: false, asked: ['DELETE'] },
  {
    name: 'that a server is about to let go is waited for',
    statuses: ['in-use', 'detaching', 'available'],
    migrates: false,
    serverWent: now,
    asked: ['DELETE'],
  },
  {
    name: 'that says it is free and is refused is put right by the administrator, without a wait',
    statuses: ['available'],
    migrates: true,
    asked: ['DELETE', reset, 'DELETE'],
  },
  {
    name: 'that is in use by nobody is put right by the administrator, without a wait',
    statuses: ['in-use', 'available'],
    migrates: false,
    asked: [reset, 'DELETE'],
  },
  {
    name: 'of a server that went long ago is put right by the administrator, without a wait',
    statuses: ['in-use', 'available'],
    migrates: false,
    serverWent: '2025-12-31T23:00:00.000Z',
    asked: [reset, 'DELETE'],
  },
];

test.each(plays)('a volume $name', async ({ statuses, migrates, serverWent, asked }) => {
  let held = migrates;
  let gone = false;
  let looks = 0;
  const told: string[] = [];
  const answer = ({ method, body = '{}' }: SentRequest): HttpOutcome => {
    if (method === 'GET') {
      const status = statuses[Math.min(looks++, statuses.length - 1)] ?? '';
      const attachments = serverWent === undefined ? [] : [{ server_id: 's1' }];
      return gone ? refusal(404, 'itemNotFound') : answered(200, { volume: { id: 'v1', status, attachments } });
    }
    const asking = method === 'POST' ? (Object.keys(JSON.parse(body) as object)[0] ?? '') : method;
    told.push(asking);
    if (asking === reset) held = false;
    if (asking === 'DELETE' && held) return refusal(400, 'badRequest');
    gone ||= asking === 'DELETE';
    return answered(202);
  };
  const { world: usual } = tinyWorld(contract, answer);
  const ledger = ledgerWith(serverWent);
  const world = { ...usual, ledger, guard: guardOf({ ...usual, ledger }) };
  await world.ledger.intend('volume', 'osc-000000-volume-1');
  world.ledger.created({ type: 'volume', name: 'osc-000000-volume-1', id: 'v1' });
  const member = world.sessions.get('member');
  if (!member) throw new Error('Nobody is the member.');
  const sessions = new Map<Identity, Session>([
    ['member', member],
    ['admin', { ...member, identity: 'admin' }],
  ]);
  expect(await removeVolume({ ...world, sessions }, 'v1', 'member', budgets.removal)).toBe(true);
  expect(told).toEqual(asked);
  // Each try looks once before and at most once after; a wait would look again and again.
  expect(looks).toBeLessThanOrEqual(statuses.length + asked.length + 1);
});

test('a volume of two servers is taken from one after the other: while one gives it up, the next is refused', async () => {
  const servers = ['s1', 's2'];
  let isGone = false;
  let looksTillFree = 0;
  const told: string[] = [];
  const answer = ({ method, url }: SentRequest): HttpOutcome => {
    const [, server = ''] = /servers\/(s\d)/.exec(url) ?? [];
    if (method === 'GET') {
      const status = looksTillFree-- > 0 ? 'detaching' : servers.length > 0 ? 'in-use' : 'available';
      const attachments = servers.map((id) => ({ server_id: id }));
      return isGone ? refusal(404, 'itemNotFound') : answered(200, { volume: { id: 'v1', status, attachments } });
    }
    told.push(server);
    if (looksTillFree > 0) return refusal(400, 'badRequest');
    if (server === '') isGone = true;
    else {
      servers.splice(servers.indexOf(server), 1);
      looksTillFree = 2;
    }
    return answered(202);
  };
  const { world } = tinyWorld(contract, answer);
  for (const [id, type] of Object.entries({ s1: 'server', s2: 'server', v1: 'volume' })) {
    const owned = { type, name: `osc-000000-${id}`, id };
    await world.ledger.intend(type, owned.name);
    world.ledger.created(owned);
  }
  expect(await removeVolume(world, 'v1', 'member', budgets.removal)).toBe(true);
  expect(told).toEqual(['s1', 's2', '']);
});

test('a volume that cannot be shown is asked to go, and is gone when the service says so to that', async () => {
  const told: string[] = [];
  const answer = ({ method }: SentRequest): HttpOutcome => {
    if (method === 'GET') return answered(500, {});
    told.push(method);
    return told.length < 3 ? answered(202) : refusal(404, 'itemNotFound');
  };
  const { world } = tinyWorld(contract, answer);
  await world.ledger.intend('volume', 'osc-000000-volume-1');
  world.ledger.created({ type: 'volume', name: 'osc-000000-volume-1', id: 'v1' });
  expect(await removeVolume(world, 'v1', 'member', budgets.removal)).toBe(true);
  expect(told).toEqual(['DELETE', 'DELETE', 'DELETE']);
});

function ledgerWith(serverWent: string | undefined): Ledger {
  const server = { type: 'server', name: 'osc-000000-server-1', id: 's1' };
  const at = serverWent ?? '';
  const before: readonly LedgerEntry[] = [
    { event: 'created', ...server, at },
    { event: 'removed', ...server, at },
  ];
  return createLedger(
    () => undefined,
    () => now,
    serverWent === undefined ? [] : before,
  );
}

function refusal(code: number, key: string): HttpOutcome {
  return answered(code, { [key]: { code, message: 'No.' } });
}

/** The removal of a volume by status: transient statuses are waited for, stuck ones are reset by the administrator. */
import { expect, test } from 'vitest';
import type { SentRequest } from '../../src/client/exchange.ts';
import type { HttpOutcome } from '../../src/client/http-client.ts';
import { timeouts } from '../../src/execution/timeouts.ts';
import type { Identity } from '../../src/clauses/identity.ts';
import { createLedger, type Ledger } from '../../src/resources/ledger.ts';
import type { LedgerEntry } from '../../src/records/ledger.ts';
import type { Session } from '../../src/target/session.ts';
import { guardOf } from '../../suites/changes.ts';
import { removeVolume } from '../../suites/block-storage/remove-volume.ts';
import { things as contract } from '../resources/things.ts';
import { responded, tinyRun } from '../execution/tiny-run.ts';

interface Scenario {
  readonly name: string;
  /** The status at each request; the last one repeats. */
  readonly statuses: readonly string[];
  /** Whether a deletion is refused until an administrator has reset the status. */
  readonly migrates: boolean;
  /** When the server in its attachments was deleted. */
  readonly serverDeletedAt?: string;
  readonly asked: readonly string[];
}

const now = '2026-01-01T00:00:00.000Z';
const reset = 'os-reset_status';

const scenarios: readonly Scenario[] = [
  { name: 'that is available is deleted at once', statuses: ['available'], migrates: false, asked: ['DELETE'] },
  {
    name: 'that is being detached is waited for',
    statuses: ['in-use', 'detaching', 'available'],
    migrates: false,
    serverDeletedAt: now,
    asked: ['DELETE'],
  },
  {
    name: 'that is available but cannot be deleted is reset by the administrator, without a wait',
    statuses: ['available'],
    migrates: true,
    asked: ['DELETE', reset, 'DELETE'],
  },
  {
    name: 'that is in use by no server is reset by the administrator, without a wait',
    statuses: ['in-use', 'available'],
    migrates: false,
    asked: [reset, 'DELETE'],
  },
  {
    name: 'of a server deleted long ago is reset by the administrator, without a wait',
    statuses: ['in-use', 'available'],
    migrates: false,
    serverDeletedAt: '2025-12-31T23:00:00.000Z',
    asked: [reset, 'DELETE'],
  },
];

test.each(scenarios)('a volume $name', async ({ statuses, migrates, serverDeletedAt, asked }) => {
  let isStuck = migrates;
  let deleted = false;
  let looks = 0;
  const sent: string[] = [];
  const answer = ({ method, body = '{}' }: SentRequest): HttpOutcome => {
    if (method === 'GET') {
      const status = statuses[Math.min(looks++, statuses.length - 1)] ?? '';
      const attachments = serverDeletedAt === undefined ? [] : [{ server_id: 's1' }];
      return deleted ? refusal(404, 'itemNotFound') : responded(200, { volume: { id: 'v1', status, attachments } });
    }
    const asking = method === 'POST' ? (Object.keys(JSON.parse(body) as object)[0] ?? '') : method;
    sent.push(asking);
    if (asking === reset) isStuck = false;
    if (asking === 'DELETE' && isStuck) return refusal(400, 'badRequest');
    deleted ||= asking === 'DELETE';
    return responded(202);
  };
  const { run: usual } = tinyRun(contract, answer);
  const ledger = ledgerWith(serverDeletedAt);
  const run = { ...usual, ledger, guard: guardOf({ ...usual, ledger }) };
  await run.ledger.intend('volume', 'osc-000000-volume-1');
  run.ledger.created({ type: 'volume', name: 'osc-000000-volume-1', id: 'v1' });
  const member = run.sessions.get('member');
  if (!member) throw new Error('There is no member.');
  const sessions = new Map<Identity, Session>([
    ['member', member],
    ['admin', { ...member, identity: 'admin' }],
  ]);
  expect(await removeVolume({ ...run, sessions }, 'v1', 'member', timeouts.removal)).toBe(true);
  expect(sent).toEqual(asked);
  // Each attempt sends one GET before and at most one after; a wait would send many.
  expect(looks).toBeLessThanOrEqual(statuses.length + asked.length + 1);
});

test('a volume of two servers is detached from one after the other: a detach during another is refused', async () => {
  const servers = ['s1', 's2'];
  let isDeleted = false;
  let requestsUntilDetached = 0;
  const sent: string[] = [];
  const answer = ({ method, url }: SentRequest): HttpOutcome => {
    const [, server = ''] = /servers\/(s\d)/.exec(url) ?? [];
    if (method === 'GET') {
      const status = requestsUntilDetached-- > 0 ? 'detaching' : servers.length > 0 ? 'in-use' : 'available';
      const attachments = servers.map((id) => ({ server_id: id }));
      return isDeleted ? refusal(404, 'itemNotFound') : responded(200, { volume: { id: 'v1', status, attachments } });
    }
    sent.push(server);
    if (requestsUntilDetached > 0) return refusal(400, 'badRequest');
    if (server === '') isDeleted = true;
    else {
      servers.splice(servers.indexOf(server), 1);
      requestsUntilDetached = 2;
    }
    return responded(202);
  };
  const { run } = tinyRun(contract, answer);
  for (const [id, type] of Object.entries({ s1: 'server', s2: 'server', v1: 'volume' })) {
    const owned = { type, name: `osc-000000-${id}`, id };
    await run.ledger.intend(type, owned.name);
    run.ledger.created(owned);
  }
  expect(await removeVolume(run, 'v1', 'member', timeouts.removal)).toBe(true);
  expect(sent).toEqual(['s1', 's2', '']);
});

test('a volume that cannot be shown is deleted until the deletion returns a 404', async () => {
  const sent: string[] = [];
  const answer = ({ method }: SentRequest): HttpOutcome => {
    if (method === 'GET') return responded(500, {});
    sent.push(method);
    return sent.length < 3 ? responded(202) : refusal(404, 'itemNotFound');
  };
  const { run } = tinyRun(contract, answer);
  await run.ledger.intend('volume', 'osc-000000-volume-1');
  run.ledger.created({ type: 'volume', name: 'osc-000000-volume-1', id: 'v1' });
  expect(await removeVolume(run, 'v1', 'member', timeouts.removal)).toBe(true);
  expect(sent).toEqual(['DELETE', 'DELETE', 'DELETE']);
});

function ledgerWith(serverDeletedAt: string | undefined): Ledger {
  const server = { type: 'server', name: 'osc-000000-server-1', id: 's1' };
  const at = serverDeletedAt ?? '';
  const before: readonly LedgerEntry[] = [
    { event: 'created', ...server, at },
    { event: 'removed', ...server, at },
  ];
  return createLedger(
    () => undefined,
    () => now,
    serverDeletedAt === undefined ? [] : before,
  );
}

function refusal(code: number, key: string): HttpOutcome {
  return responded(code, { [key]: { code, message: 'No.' } });
}

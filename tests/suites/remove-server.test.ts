/** The removal of a server by its state: a locked one is unlocked first, also where it is deleted softly. */
import { expect, test } from 'vitest';
import type { SentRequest } from '../../src/client/exchange.ts';
import type { HttpOutcome } from '../../src/client/http-client.ts';
import { timeouts } from '../../src/execution/timeouts.ts';
import { guardOf } from '../../suites/changes.ts';
import { removeServer } from '../../suites/compute/resource-types/remove-server.ts';
import { things as contract } from '../resources/things.ts';
import { responded, tinyRun } from '../execution/tiny-run.ts';

const id = '0a000000-0000-4000-8000-000000000001';

interface Scenario {
  readonly name: string;
  readonly status: 'ACTIVE' | 'SOFT_DELETED';
  readonly isLocked: boolean;
  /** What is requested, in order. */
  readonly asked: readonly string[];
}

const scenarios: readonly Scenario[] = [
  { name: 'that is active is deleted at once', status: 'ACTIVE', isLocked: false, asked: ['DELETE'] },
  { name: 'that is locked is unlocked', status: 'ACTIVE', isLocked: true, asked: ['DELETE', 'unlock', 'DELETE'] },
  {
    name: 'that was deleted softly is deleted for good',
    status: 'SOFT_DELETED',
    isLocked: false,
    asked: ['forceDelete'],
  },
  {
    name: 'that was deleted softly and is locked is unlocked',
    status: 'SOFT_DELETED',
    isLocked: true,
    asked: ['forceDelete', 'unlock', 'forceDelete'],
  },
];

test.each(scenarios)('a server $name', async ({ status, isLocked, asked }) => {
  let locked = isLocked;
  let isDeleted = false;
  const sent: string[] = [];
  const answer = ({ method, body = '{}' }: SentRequest): HttpOutcome => {
    if (method === 'GET') {
      return isDeleted
        ? responded(404, { itemNotFound: { code: 404, message: 'It does not exist.' } })
        : responded(200, { server: { id, status, 'OS-EXT-STS:task_state': null } });
    }
    const asking = method === 'POST' ? (Object.keys(JSON.parse(body) as object)[0] ?? '') : method;
    sent.push(asking);
    if (asking === 'unlock') locked = false;
    else if (locked) return responded(409, { conflictingRequest: { code: 409, message: 'It is locked.' } });
    else isDeleted = true;
    return responded(202);
  };
  const { run: usual } = tinyRun(contract, answer);
  const run = { ...usual, guard: guardOf(usual) };
  await run.ledger.intend('server', 'osc-000000-server-1');
  run.ledger.created({ type: 'server', name: 'osc-000000-server-1', id });
  expect(await removeServer(run, id, 'member', timeouts.removal)).toBe(true);
  expect(sent).toEqual(asked);
});

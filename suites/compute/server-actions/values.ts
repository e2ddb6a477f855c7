/** Clauses on values in the requests of single actions, and on what refuses them. */
import { expectStatus } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { section, type WrittenClause } from '../../../src/clauses/written.ts';
import { serverToChange } from '../fixtures/server-in-state.ts';
import { expectRefused } from '../rules/refusal.ts';
import { rebootServer } from './power.ts';
import { refuses, showsNoTask, valued } from './refuses.ts';
import { resizeServer } from './resizing.ts';
import { someZone, unshelveServer } from './shelving.ts';

const file = 'server-actions.inc';
const rebooting = section(file, 'Reboot');
const resizing = section(file, 'Resize');
const unshelving = section(file, 'Unshelve');

export const valueClauses: readonly WrittenClause[] = [
  {
    id: 'compute/reboot-server#takes-types-in-three-spellings',
    statement: 'A reboot of an active server with the type HARD, Hard, hard, SOFT, Soft or soft MUST be accepted.',
    quotes: [rebooting('The type of a reboot may be written in capitals, in small letters, or with a capital.')],
    cases: 'once',
    killedBy: ['compute:reboot-types-in-capitals-only'],
    check: async (ctx) => {
      const findings: Finding[] = [];
      for (const type of ['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft']) {
        const server = await serverToChange(ctx, { state: 'active' });
        findings.push(...expectStatus(await rebootServer.send(ctx, { server }, valued(rebootServer, { type })), 202));
        findings.push(...((await rebootServer.effect?.(ctx, { server })) ?? []));
      }
      return findings;
    },
  },
  {
    id: 'compute/reboot-server#refuses-other-types',
    statement: 'A reboot with another type MUST be answered with 400 and change nothing.',
    quotes: [rebooting('Another type is answered with 400.')],
    cases: 'once',
    killedBy: ['compute:reboot-takes-any-type'],
    check: (ctx) => refuses(ctx, rebootServer, 'active', 400, [{ type: 'osc' }, { type: 'sOFT' }, { type: '' }]),
  },
  {
    id: 'compute/reboot-server#refuses-a-soft-reboot-unless-active',
    statement: 'A soft reboot of a stopped, paused or suspended server MUST be answered with 409 and start no task.',
    quotes: [rebooting('A soft reboot of a server that is not active is answered with 409.')],
    cases: 'once',
    killedBy: ['compute/reboot-server:drop-check:soft-state'],
    check: async (ctx) => {
      const findings: Finding[] = [];
      for (const state of ['stopped', 'paused', 'suspended'] as const) {
        const server = await serverToChange(ctx, { state });
        const response = await rebootServer.send(ctx, { server }, valued(rebootServer, { type: 'SOFT' }));
        findings.push(...expectRefused(response, 409), ...(await showsNoTask(ctx, server)));
      }
      return findings;
    },
  },
  {
    id: 'compute/resize-server#refuses-its-own-flavor',
    statement: 'A resize to the flavor that the server has MUST be answered with 400 and change nothing.',
    quotes: [resizing('The flavor that the server has is answered with 400.')],
    cases: 'once',
    capabilities: ['resize'],
    killedBy: ['compute/resize-server:drop-check:other-flavor'],
    check: (ctx) => refuses(ctx, resizeServer, 'active', 400, [{ flavorRef: ctx.run.target.fixtures.flavor ?? '' }]),
  },
  {
    id: 'compute/resize-server#refuses-an-unknown-flavor',
    statement: 'A resize to a flavor that does not exist MUST be answered with 400 and change nothing.',
    quotes: [resizing('A flavor that does not exist is answered with 400.')],
    cases: 'once',
    capabilities: ['resize'],
    killedBy: ['compute/resize-server:drop-check:flavor'],
    check: (ctx) => refuses(ctx, resizeServer, 'active', 400, [{ flavorRef: ctx.uuid() }]),
  },
  {
    id: 'compute/unshelve-shelved-server#requires-a-zone-in-an-object',
    statement: 'An unshelving with an object without availability_zone MUST be answered with 400 and change nothing.',
    quotes: [unshelving('From 2.77 to 2.90 an object as its value has to name a zone.')],
    ...{ range: '2.77-2.90', cases: 'once', identities: ['admin'] },
    killedBy: ['compute:unshelve-takes-an-empty-object'],
    check: (ctx) => refuses(ctx, unshelveServer, 'shelved-offloaded', 400, [{}]),
  },
  {
    id: 'compute/unshelve-shelved-server#refuses-a-zone-for-a-server-with-a-host',
    statement:
      'An unshelving to a zone of a server that still has its host MUST be answered with 409 and change nothing.',
    quotes: [unshelving('A zone or a host for a server that still has its host is answered with 409.')],
    ...{ range: '2.77-', cases: 'once' },
    killedBy: ['compute/unshelve-shelved-server:drop-check:offloaded'],
    check: async (ctx) => refuses(ctx, unshelveServer, 'shelved', 409, [{ availability_zone: await someZone(ctx) }]),
  },
];

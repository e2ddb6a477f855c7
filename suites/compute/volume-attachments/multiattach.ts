/** Clauses on multiattach volumes. */
import { bodyOf, expectResponse, expectStatus, expectValue } from '../../../src/clauses/matchers.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { atPointer, jsonList, jsonObject } from '../../../src/json.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import { attachStatus, eventuallyAttached, observeVolume } from '../observe-attachments.ts';
import { control, expectRefused, observeServer } from '../rules/refusal.ts';
import { attach } from './calls.ts';
import { attachedTwice, reachAttachedTwice } from './observed-multiattach.ts';
import { attaching, detaching } from './quotes.ts';

const several = attaching('A multiattach volume may be attached to several servers since microversion 2.60.');
const needs = { capabilities: ['multiattach'] } as const;

export const multiattachClauses: readonly WrittenClause[] = [
  {
    ...needs,
    id: 'compute/attach-volume#serves-several-servers',
    statement: 'From 2.60 on a multiattach volume MUST be attached to a second server while the first has it.',
    quotes: [
      several,
      attaching(
        "Whether a multiattach volume really works depends on its volume type and on the server's compute host.",
      ),
    ],
    range: '2.60-',
    killedBy: ['compute:multiattach-only-once'],
    check: async (ctx) => {
      const observed = await attachedTwice(ctx);
      if ('incomplete' in observed) return observed.incomplete;
      return expectResponse(observed.volume, 200, (shown) => {
        const pointer = '/volume/attachments';
        const entries = jsonList(atPointer(bodyOf(shown), pointer)).map((entry) => jsonObject(entry).server_id);
        const both = observed.servers.map(({ id }) => id);
        if (both.every((id) => entries.includes(id))) return [];
        return [{ kind: 'value', exchange: shown.id, pointer, expected: both }];
      });
    },
  },
  {
    ...needs,
    id: 'compute/attach-volume#refuses-multiattach-before-2-60',
    statement: 'Before 2.60 an attach of a multiattach volume MUST be answered with 400.',
    quotes: [several],
    range: '2.1-2.59',
    errata: ['multiattach-needs-2.60-at-all'],
    killedBy: ['compute/attach-volume:drop-check:multiattach-version'],
    check: async (ctx) => {
      const [server, volume] = await Promise.all([fixtures(ctx).server(), fixtures(ctx).multiattachVolumeToKeep()]);
      const response = await attach(ctx, server, volume);
      control(await observeVolume(ctx, volume), 'the volume');
      const findings = expectRefused(response, 400);
      if (findings.length > 0) volume.makeDirty();
      return findings;
    },
  },
  {
    ...needs,
    id: 'compute/attach-volume#refuses-multiattach-twice-on-one-server',
    statement: 'An attach of a multiattach volume to a server that has it already MUST be answered with 400.',
    quotes: [several],
    range: '2.60-',
    killedBy: ['compute:multiattach-twice'],
    check: async (ctx) => {
      const [server, volume] = await Promise.all([fixtures(ctx).server(), fixtures(ctx).multiattachVolume()]);
      const refused = expectStatus(await attach(ctx, server, volume), attachStatus(ctx));
      const findings = refused.length > 0 ? refused : await eventuallyAttached(ctx, server, volume);
      return findings.length > 0 ? findings : expectRefused(await attach(ctx, server, volume), 400);
    },
  },
  {
    ...needs,
    id: 'compute/attach-volume#refuses-multiattach-on-shelved-offloaded-server',
    statement: 'An attach of a multiattach volume to a shelved-offloaded server MUST be answered with 400.',
    quotes: [attaching('None of these servers may be SHELVED_OFFLOADED.')],
    range: '2.20-',
    identities: ['admin'],
    killedBy: ['compute/attach-volume:drop-check:offloaded-multiattach'],
    check: async (ctx) => {
      const [offloaded, volume] = await Promise.all([
        fixtures(ctx).inState('shelved-offloaded'),
        fixtures(ctx).multiattachVolumeToKeep(),
      ]);
      const findings = expectRefused(await attach(ctx, offloaded.server, volume), 400);
      if (findings.length > 0) for (const { makeDirty } of [offloaded, volume]) makeDirty();
      control(await observeServer(ctx, offloaded.server), 'the server');
      return findings;
    },
  },
  {
    ...needs,
    id: 'compute/detach-volume#leaves-the-other-server-its-volume',
    statement: 'A detach of a multiattach volume from one server MUST leave it attached to the other.',
    quotes: [detaching('Takes a volume away from a server.')],
    range: '2.60-',
    killedBy: ['compute:multidetach-all'],
    check: async (ctx) => {
      const { detached, kept } = await reachAttachedTwice(ctx);
      if (detached.length > 0) return detached;
      return expectResponse(kept, 200, (shown) => expectValue(shown, '/volume/status', 'in-use'));
    },
  },
];

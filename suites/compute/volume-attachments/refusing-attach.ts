/** Clauses on refused attaches: each tests one condition and excludes other reasons. */
import { timeouts } from '../../../src/execution/timeouts.ts';
import { expectResponse, expectStatus, expectValue } from '../../../src/clauses/matchers.ts';
import { statusOf } from '../../../src/execution/poll.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import type { Server } from '../resource-types/server.ts';
import { listedVolumes, observeVolume } from '../observe-attachments.ts';
import { control, expectRefused, observeServer } from '../rules/refusal.ts';
import { attach, list } from './calls.ts';
import { attaching, parameter } from './quotes.ts';
import { refusal } from './refusal.ts';

export const attachRefusals: readonly WrittenClause[] = [
  {
    id: 'compute/attach-volume#refuses-unknown-volume',
    statement: 'An attach of a volume that does not exist MUST be answered with 404.',
    quotes: [
      attaching('Error response codes: 404'),
      parameter('attach_volume')('The volume that the server is to get, by its UUID.'),
    ],
    killedBy: ['compute:attach-finds-any-volume'],
    check: (ctx) => refusal(ctx, 404, ({ attached }) => attach(ctx, attached.server, { id: ctx.uuid() })),
  },
  {
    id: 'compute/attach-volume#refuses-a-second-attach',
    statement: 'An attach of a volume that the server has already MUST be answered with 400.',
    quotes: [attaching('Error response codes: 400')],
    killedBy: ['compute:attach-twice'],
    check: (ctx) => refusal(ctx, 400, ({ attached }) => attach(ctx, attached.server, attached.volume)),
  },
  {
    id: 'compute/attach-volume#refuses-a-volume-of-another-server',
    statement: 'An attach of a volume that another server has MUST be answered with 400, unless it is multiattach.',
    quotes: [attaching('Error response codes: 400')],
    killedBy: ['compute:attach-steals'],
    check: async (ctx) => {
      const server = await fixtures(ctx).server();
      return refusal(ctx, 400, ({ attached }) => attach(ctx, server, attached.volume));
    },
  },
  {
    id: 'compute/attach-volume#refuses-a-tag-on-shelved-offloaded-server',
    statement: 'An attach with a tag to a shelved-offloaded server MUST be answered with 400.',
    quotes: [parameter('attach_tag')('A shelved-offloaded server cannot take a volume with a tag.')],
    range: '2.49-',
    identities: ['admin'],
    killedBy: ['compute/attach-volume:drop-check:offloaded-tag'],
    check: async (ctx) => {
      const [offloaded, volume] = await Promise.all([
        fixtures(ctx).inState('shelved-offloaded'),
        fixtures(ctx).volumeToKeep(),
      ]);
      const findings = expectRefused(await attach(ctx, offloaded.server, volume, { tag: 'osc-tag' }), 400);
      if (findings.length > 0) for (const { makeDirty } of [offloaded, volume]) makeDirty();
      control(await observeServer(ctx, offloaded.server), 'the server');
      return findings;
    },
  },
  {
    id: 'compute/attach-volume#refuses-a-volume-in-error',
    statement: 'Up to 2.100 an attach of a volume in error MUST be answered with 400.',
    quotes: [attaching('Error response codes: 400')],
    range: '2.1-2.100',
    identities: ['admin'],
    errata: ['attach-errors-come-late-from-2.101'],
    killedBy: ['compute/attach-volume:drop-check:volume-reservable'],
    check: async (ctx) => {
      const [server, volume] = await Promise.all([fixtures(ctx).server(), fixtures(ctx).volumeInError()]);
      const response = await attach(ctx, server, volume);
      control(await observeVolume(ctx, volume), 'the volume');
      const findings = expectRefused(response, 400);
      if (findings.length > 0) volume.makeDirty();
      return findings;
    },
  },
  {
    id: 'compute/attach-volume#drops-a-volume-in-error-without-a-trace',
    statement: 'From 2.101 on an attach of a volume in error MUST be answered with 202 and leave nothing behind.',
    quotes: [attaching('Error response codes: 400')],
    range: '2.101-',
    identities: ['admin'],
    errata: ['attach-errors-come-late-from-2.101'],
    killedBy: ['compute:attach-keeps-failed-mapping'],
    check: async (ctx) => {
      const [server, volume] = await Promise.all([fixtures(ctx).server(), fixtures(ctx).volumeInError()]);
      const refused = expectStatus(await attach(ctx, server, volume), 202);
      if (refused.length > 0) return refused;
      const listed = await eventuallyUnlisted(ctx, server, volume.id);
      const seen = await observeVolume(ctx, volume);
      const findings = [
        ...listed,
        ...expectResponse(seen, 200, (shown) => expectValue(shown, '/volume/status', 'error')),
      ];
      if (findings.length > 0) volume.makeDirty();
      return findings;
    },
  },
];

/** How many lists in a row must be without the volume: one list alone may be too early. */
const requiredLists = 5;

/** Lists at 2.1, which includes attachments that the block storage service does not know. */
function eventuallyUnlisted(ctx: CheckContext, server: Server, volume: string): Promise<readonly Finding[]> {
  let without = 0;
  return ctx.eventually({
    look: () => list(ctx, server, { purpose: 'observation', microversion: '2.1' }),
    until: (seen) => {
      without = statusOf(seen) === 200 && !listedVolumes(seen).includes(volume) ? without + 1 : 0;
      return without >= requiredLists;
    },
    expected: 'a list of attachments without the volume',
    seen: (last) => (statusOf(last) === 200 ? 'the volume is still listed' : `status ${statusOf(last) ?? 'none'}`),
    timeoutMs: timeouts.attachment,
  });
}

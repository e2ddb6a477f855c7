/** Clauses on the swap form of PUT: who may call it, when, and what it refuses. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import { expectStatus } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Named } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import type { Attached } from '../fixtures/attachment.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import { listedVolumes } from '../observe-attachments.ts';
import { control, expectRefused } from '../rules/refusal.ts';
import { list, show, swap } from './calls.ts';
import { whoMayCall } from '../rules/sections.ts';
import { swapVolume } from './operations.ts';
import { parameter, swapping } from './quotes.ts';

const outside = swapping('A call outside such a migration is refused with 409.');
const newerReleases = {
  maximum: '2.100',
  because: 'older releases carried out a swap that no migration had asked for.',
} as const;

export const swappingClauses: readonly WrittenClause[] = [
  {
    id: 'compute/swap-volume#refuses-a-volume-that-does-not-migrate',
    statement: 'A swap of a volume that does not migrate MUST be answered with 409.',
    quotes: [
      outside,
      swapping('Such a migration begins with the volume action ``os-retype`` or ``os-migrate_volume``.'),
      parameter('swap_volume')('The volume that takes the place of the attached one, by its UUID.'),
    ],
    identities: ['admin'],
    since: newerReleases,
    killedBy: ['compute/swap-volume:drop-check:migrating'],
    check: (ctx) => refusedSwap(ctx, 409, 'admin'),
  },
  {
    id: 'compute/swap-volume#replaces-the-volume',
    statement: 'A swap of a migrating volume MUST have the server use the other volume.',
    quotes: [
      swapping('Replaces the volume of an attachment by another volume.'),
      parameter('update_request')('A ``volumeId`` other than that of the attached volume names its replacement.'),
    ],
    identities: ['admin'],
    killedBy: ['compute/swap-volume:skip-effect'],
    // Where the server does not come to use the other volume, the swap did not complete.
    check: judgeAccepted(swapVolume, {}, () => []),
  },
  {
    id: 'compute/swap-volume#permits-the-service-role',
    statement: 'A swap of a migrating volume by a caller with the service role MUST be accepted.',
    quotes: [whoMayCall('A caller with the service role may swap a volume that migrates.')],
    identities: ['admin', 'service'],
    capabilities: ['service-sees-migrations'],
    errata: ['swap-needs-the-service-role'],
    since: { maximum: '2.101', because: 'up to release 31 only administrators might swap.' },
    killedBy: ['compute/swap-volume:narrow-role:service'],
    check: async (ctx) => {
      const { server, volume, replacement } = await fixtures(ctx).migrating();
      return expectStatus(await swap(ctx, server, volume, replacement, { as: 'service' }), 202);
    },
  },
  {
    id: 'compute/swap-volume#refuses-an-unknown-replacement',
    statement: 'A swap to a volume that does not exist MUST be answered with 400.',
    quotes: [swapping('Error response codes: 400')],
    identities: ['admin'],
    killedBy: ['compute:swap-to-anything'],
    check: async (ctx) => refusedWithAttachment((await refusedSwaps(ctx)).unknown, 400),
  },
  {
    id: 'compute/swap-volume#refuses-an-attached-replacement',
    statement: 'A swap to a volume that a server has already MUST be answered with 400.',
    quotes: [swapping('Error response codes: 400')],
    identities: ['admin'],
    killedBy: ['compute:swap-to-attached'],
    check: async (ctx) => refusedWithAttachment((await refusedSwaps(ctx)).attached, 400),
  },
  {
    id: 'compute/swap-volume#refuses-a-stopped-server',
    statement: 'A swap on a server that is not ACTIVE, PAUSED or RESIZED MUST be answered with 409.',
    about: ['state stopped'],
    quotes: [swapping('The server must be ACTIVE, PAUSED or RESIZED; in any other state the reply is 409.')],
    identities: ['admin'],
    errata: ['swap-state-comes-after-migration'],
    killedBy: ['compute/swap-volume:allow-state:stopped'],
    check: async (ctx) => {
      const { server, volume, replacement } = await fixtures(ctx).migrating('stopped');
      return refusedWithAttachment(await observedSwap(ctx, { server, volume }, replacement), 409);
    },
  },
  {
    id: 'compute/swap-volume#works-on-paused-server',
    statement: 'A swap on a paused server MUST be accepted.',
    about: ['state paused'],
    quotes: [swapping('The server must be ACTIVE, PAUSED or RESIZED; in any other state the reply is 409.')],
    identities: ['admin'],
    killedBy: ['compute/swap-volume:refuse-state:paused'],
    check: async (ctx) => {
      const { server, volume, replacement } = await fixtures(ctx).migrating('paused');
      return expectStatus(await swap(ctx, server, volume, replacement, { as: 'admin' }), 202);
    },
  },
  {
    id: 'compute/swap-volume#refuses-a-volume-of-several-servers',
    statement: 'A swap of a volume with more than one read/write attachment MUST be answered with 400.',
    quotes: [swapping('A volume with more than one read/write attachment cannot be replaced.')],
    range: '2.60-',
    identities: ['admin'],
    capabilities: ['multiattach'],
    killedBy: ['compute/swap-volume:drop-check:one-writer'],
    check: async (ctx) => {
      const { server, volume, replacement } = await fixtures(ctx).migratingMulti();
      return refusedWithAttachment(await observedSwap(ctx, { server, volume }, replacement), 400);
    },
  },
];

/** A swap, and the attachment afterwards. */
interface ObservedSwap {
  readonly response: Exchange;
  readonly shown: Exchange;
}

/** `shows`: the attachment to look at, by default the one that was to be swapped. */
async function observedSwap(
  ctx: CheckContext,
  own: Pick<Attached, 'server' | 'volume'>,
  replacement: Named,
  shows = own,
): Promise<ObservedSwap> {
  const response = await swap(ctx, own.server, own.volume, replacement, { as: 'admin' });
  return { response, shown: await show(ctx, shows.server, shows.volume, { purpose: 'observation' }) };
}

/** Swaps of one migrating volume that are refused for their replacement. */
function refusedSwaps(ctx: CheckContext): Promise<Readonly<Record<'unknown' | 'attached', ObservedSwap>>> {
  return ctx.shared(`refused swaps at ${formatMicroversion(ctx.microversion)}`, async (inner) => {
    const [own, { attached }] = await Promise.all([
      fixtures(inner).migratingAlone(),
      fixtures(inner).rejectionTarget(),
    ]);
    return {
      unknown: await observedSwap(inner, own, { id: inner.uuid() }),
      attached: await observedSwap(inner, own, attached.volume, attached),
    };
  });
}

/** The swap is refused while the attachment exists. Checks the status first: an accepted swap may remove it. */
function refusedWithAttachment({ response, shown }: ObservedSwap, status: 400 | 409): readonly Finding[] {
  const findings = expectRefused(response, status);
  if (findings.length === 0) control(shown, 'the attachment');
  return findings;
}

/** The swap is refused, and the server still has the old volume. */
async function refusedSwap(ctx: CheckContext, status: 403 | 409, as: 'member' | 'admin'): Promise<readonly Finding[]> {
  const { attached, free, makeDirty } = await fixtures(ctx).rejectionTarget();
  const response = await swap(ctx, attached.server, attached.volume, free, { as });
  const findings = expectRefused(response, status);
  const seen = await list(ctx, attached.server, { purpose: 'observation' });
  const listed = control(seen, 'listing the attachments of the server');
  if (findings.length > 0) makeDirty();
  const { volume } = attached;
  if (listedVolumes(listed).includes(volume.id)) return findings;
  return [...findings, { kind: 'value', exchange: seen.id, pointer: '/volumeAttachments', expected: volume.id }];
}

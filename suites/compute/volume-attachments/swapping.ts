/** The swap form of PUT: who may call it, when, and what it refuses. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { expectStatus } from '../../../src/conformance/matchers.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import type { WrittenClause } from '../../../src/conformance/written.ts';
import type { Attached } from '../attachment.ts';
import { given } from '../given.ts';
import { control, eventuallyAttached, expectRefused, list, listedVolumes, show, swap } from './operations.ts';
import { parameter, swapping, whoMayCall } from './quotes.ts';

const outside = swapping('A call outside such a migration is refused with 409.');
const younger = {
  maximum: '2.100',
  because: 'older releases carried out a swap that no migration had asked for.',
} as const;

export const swappingClauses: readonly WrittenClause[] = [
  {
    id: 'compute/swap-volume#refuses-a-member',
    statement: 'A swap by a member of the project MUST be answered with 403.',
    quotes: [
      swapping('The call is a step of a volume migration that the block storage service conducts.'),
      swapping('Error response codes: 403'),
      whoMayCall('A member may not swap.'),
    ],
    errata: ['swap-needs-the-service-role'],
    refutedBy: ['compute:swap-for-members'],
    check: (stage) => refusedSwap(stage, 403, 'member'),
  },
  {
    id: 'compute/swap-volume#refuses-a-volume-that-does-not-migrate',
    statement: 'A swap of a volume that does not migrate MUST be answered with 409.',
    quotes: [
      outside,
      swapping('Such a migration begins with the volume action ``os-retype`` or ``os-migrate_volume``.'),
      parameter('swap_volume')('The volume that takes the place of the attached one, by its UUID.'),
    ],
    identities: ['admin'],
    since: younger,
    refutedBy: ['compute:swap-without-migration'],
    check: (stage) => refusedSwap(stage, 409, 'admin'),
  },
  {
    id: 'compute/swap-volume#replaces-the-volume',
    statement: 'A swap of a migrating volume MUST have the server use the other volume.',
    quotes: [
      swapping('Replaces the volume of an attachment by another volume.'),
      parameter('update_request')('A ``volumeId`` other than that of the attached volume names its replacement.'),
    ],
    identities: ['admin'],
    refutedBy: ['compute:swap-does-nothing'],
    check: async (stage) => {
      const { server, volume, replacement } = await given(stage).migrating();
      const refused = expectStatus(await swap(stage, server, volume, replacement, { as: 'admin' }), 202);
      return refused.length > 0 ? refused : eventuallyAttached(stage, server, replacement);
    },
  },
  {
    id: 'compute/swap-volume#permits-the-service-role',
    statement: 'A swap of a migrating volume by a caller with the service role MUST be accepted.',
    quotes: [whoMayCall('A caller with the service role may swap a volume that migrates.')],
    identities: ['admin', 'service'],
    capabilities: ['service-sees-migrations'],
    errata: ['swap-needs-the-service-role'],
    since: { maximum: '2.101', because: 'up to release 31 only administrators might swap.' },
    refutedBy: ['compute:swap-for-administrators-only'],
    check: async (stage) => {
      const { server, volume, replacement } = await given(stage).migrating();
      return expectStatus(await swap(stage, server, volume, replacement, { as: 'service' }), 202);
    },
  },
  {
    id: 'compute/swap-volume#refuses-an-unknown-replacement',
    statement: 'A swap to a volume that does not exist MUST be answered with 400.',
    quotes: [swapping('Error response codes: 400')],
    identities: ['admin'],
    refutedBy: ['compute:swap-to-anything'],
    check: async (stage) => {
      const { server, volume } = await given(stage).migratingAlone();
      const reply = await swap(stage, server, volume, { id: stage.uuid() }, { as: 'admin' });
      return refusedBeside(stage, reply, 400, { server, volume });
    },
  },
  {
    id: 'compute/swap-volume#refuses-an-attached-replacement',
    statement: 'A swap to a volume that a server has already MUST be answered with 400.',
    quotes: [swapping('Error response codes: 400')],
    identities: ['admin'],
    refutedBy: ['compute:swap-to-attached'],
    check: async (stage) => {
      const [{ server, volume }, { attached }] = await Promise.all([
        given(stage).migratingAlone(),
        given(stage).untouched(),
      ]);
      const reply = await swap(stage, server, volume, attached.volume, { as: 'admin' });
      return refusedBeside(stage, reply, 400, attached);
    },
  },
  {
    id: 'compute/swap-volume#refuses-a-stopped-server',
    statement: 'A swap on a server that is not ACTIVE, PAUSED or RESIZED MUST be answered with 409.',
    quotes: [swapping('The server must be ACTIVE, PAUSED or RESIZED; in any other state the reply is 409.')],
    identities: ['admin'],
    errata: ['swap-state-comes-after-migration'],
    refutedBy: ['state-permitted:stopped:swap'],
    check: async (stage) => {
      const { server, volume, replacement } = await given(stage).migrating('stopped');
      const reply = await swap(stage, server, volume, replacement, { as: 'admin' });
      return refusedBeside(stage, reply, 409, { server, volume });
    },
  },
  {
    id: 'compute/swap-volume#works-on-paused-server',
    statement: 'A swap on a paused server MUST be accepted.',
    quotes: [swapping('The server must be ACTIVE, PAUSED or RESIZED; in any other state the reply is 409.')],
    identities: ['admin'],
    refutedBy: ['state-refused:paused:swap'],
    check: async (stage) => {
      const { server, volume, replacement } = await given(stage).migrating('paused');
      return expectStatus(await swap(stage, server, volume, replacement, { as: 'admin' }), 202);
    },
  },
  {
    id: 'compute/swap-volume#refuses-a-volume-of-several-servers',
    statement: 'A swap of a volume with more than one read/write attachment MUST be answered with 400.',
    quotes: [swapping('A volume with more than one read/write attachment cannot be replaced.')],
    range: '2.60-',
    identities: ['admin'],
    capabilities: ['multiattach'],
    refutedBy: ['compute:swap-multiattach'],
    check: async (stage) => {
      const { server, volume, replacement } = await given(stage).migratingMulti();
      const reply = await swap(stage, server, volume, replacement, { as: 'admin' });
      return refusedBeside(stage, reply, 400, { server, volume });
    },
  },
];

/** Refused, while an attachment is there. It may be gone after a swap that was accepted, which is judged first. */
async function refusedBeside(
  stage: Stage,
  reply: Exchange,
  status: 400 | 409,
  { server, volume }: Pick<Attached, 'server' | 'volume'>,
): Promise<readonly Finding[]> {
  const findings = expectRefused(reply, status);
  if (findings.length > 0) return findings;
  control(await show(stage, server, volume, { purpose: 'observation' }), 'the attachment');
  return [];
}

/** Refused, and the attachment is still the old one. */
async function refusedSwap(stage: Stage, status: 403 | 409, as: 'member' | 'admin'): Promise<readonly Finding[]> {
  const { attached, free, spoil } = await given(stage).untouched();
  const reply = await swap(stage, attached.server, attached.volume, free, { as });
  const findings = expectRefused(reply, status);
  const seen = await list(stage, attached.server, { purpose: 'observation' });
  const listed = control(seen, 'listing the attachments of the server');
  if (findings.length > 0) spoil();
  const { volume } = attached;
  if (listedVolumes(listed).includes(volume.id)) return findings;
  return [...findings, { kind: 'value', exchange: seen.id, pointer: '/volumeAttachments', expected: volume.id }];
}

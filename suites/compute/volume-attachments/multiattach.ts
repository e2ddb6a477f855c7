/** Volumes that several servers may have. */
import { bodyOf, expectResponse, expectStatus, expectValue } from '../../../src/conformance/matchers.ts';
import type { WrittenClause } from '../../../src/conformance/written.ts';
import { atPointer, jsonList, jsonObject } from '../../../src/json.ts';
import { attach as prepareAttachment } from '../attachment.ts';
import { given } from '../given.ts';
import {
  attach,
  attachStatus,
  control,
  detach,
  eventuallyAttached,
  eventuallyDetached,
  expectRefused,
  lookAtServer,
  lookAtVolume,
} from './operations.ts';
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
    refutedBy: ['compute:multiattach-only-once'],
    check: async (stage) => {
      const [[first, second], volume] = await Promise.all([given(stage).pair(), given(stage).multiattachVolume()]);
      for (const server of [first, second]) {
        const refused = expectStatus(await attach(stage, server, volume), attachStatus(stage));
        const ended = refused.length > 0 ? refused : await eventuallyAttached(stage, server, volume);
        if (ended.length > 0) return ended;
      }
      return expectResponse(await lookAtVolume(stage, volume), 200, (shown) => {
        const pointer = '/volume/attachments';
        const entries = jsonList(atPointer(bodyOf(shown), pointer)).map((entry) => jsonObject(entry).server_id);
        const both = [first.id, second.id];
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
    refutedBy: ['compute:multiattach-early'],
    check: async (stage) => {
      const [server, volume] = await Promise.all([given(stage).server(), given(stage).multiattachVolume()]);
      const reply = await attach(stage, server, volume);
      control(await lookAtVolume(stage, volume), 'the volume');
      return expectRefused(reply, 400);
    },
  },
  {
    ...needs,
    id: 'compute/attach-volume#refuses-multiattach-twice-on-one-server',
    statement: 'An attach of a multiattach volume to a server that has it already MUST be answered with 400.',
    quotes: [several],
    range: '2.60-',
    refutedBy: ['compute:multiattach-twice'],
    check: async (stage) => {
      const [server, volume] = await Promise.all([given(stage).server(), given(stage).multiattachVolume()]);
      const first = expectStatus(await attach(stage, server, volume), attachStatus(stage));
      const ended = first.length > 0 ? first : await eventuallyAttached(stage, server, volume);
      return ended.length > 0 ? ended : expectRefused(await attach(stage, server, volume), 400);
    },
  },
  {
    ...needs,
    id: 'compute/attach-volume#refuses-multiattach-on-shelved-offloaded-server',
    statement: 'An attach of a multiattach volume to a shelved-offloaded server MUST be answered with 400.',
    quotes: [attaching('None of these servers may be SHELVED_OFFLOADED.')],
    range: '2.20-',
    identities: ['admin'],
    refutedBy: ['compute:multiattach-offloaded'],
    check: async (stage) => {
      const [kept, volume] = await Promise.all([
        given(stage).inState('shelved-offloaded'),
        given(stage).multiattachVolume(),
      ]);
      const findings = expectRefused(await attach(stage, kept.server, volume), 400);
      if (findings.length > 0) kept.spoil();
      control(await lookAtServer(stage, kept.server), 'the server');
      return findings;
    },
  },
  {
    ...needs,
    id: 'compute/detach-volume#leaves-the-other-server-its-volume',
    statement: 'A detach of a multiattach volume from one server MUST leave it attached to the other.',
    quotes: [detaching('Takes a volume away from a server.')],
    range: '2.60-',
    refutedBy: ['compute:multidetach-all'],
    check: async (stage) => {
      const [[first, second], volume] = await Promise.all([given(stage).pair(), given(stage).multiattachVolume()]);
      await stage.prop(() => prepareAttachment(stage.world, first, volume, undefined, '2.60'));
      await stage.prop(() => prepareAttachment(stage.world, second, volume, undefined, '2.60'));
      const refused = expectStatus(await detach(stage, first, volume), 202);
      const gone = refused.length > 0 ? refused : await eventuallyDetached(stage, first, volume);
      if (gone.length > 0) return gone;
      const kept = await eventuallyAttached(stage, second, volume);
      const seen = await lookAtVolume(stage, volume);
      return [...kept, ...expectResponse(seen, 200, (shown) => expectValue(shown, '/volume/status', 'in-use'))];
    },
  },
];

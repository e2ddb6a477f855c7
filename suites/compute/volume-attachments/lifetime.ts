/** What becomes of an attached volume when its server goes, and of two requests at the same time. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { budgets } from '../../../src/conformance/budgets.ts';
import { expectResponse, expectStatus } from '../../../src/conformance/matchers.ts';
import { statusOf } from '../../../src/conformance/poll.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import type { WrittenClause } from '../../../src/conformance/written.ts';
import type { JsonObject } from '../../../src/json.ts';
import type { Volume } from '../../block-storage/volume.ts';
import { volumeStatus } from '../../block-storage/show-volume.ts';
import { given } from '../given.ts';
import type { Server } from '../server.ts';
import { endServer } from './end-of-server.ts';
import {
  attach,
  attachStatus,
  control,
  detach,
  eventuallyAttached,
  eventuallyDetached,
  eventuallyFree,
  list,
  listedVolumes,
  lookAtVolume,
  update,
} from './operations.ts';
import { attaching, detaching, parameter, updating } from './quotes.ts';

const goes = parameter('attachment_delete_flag')('Whether the volume is deleted together with the server.');

export const lifetimeClauses: readonly WrittenClause[] = [
  {
    id: 'compute/attach-volume#deletes-the-volume-with-the-server',
    statement: 'A volume attached with delete_on_termination true MUST be deleted when its server is deleted.',
    quotes: [goes, parameter('attach_delete_flag')('Whether the volume is to be deleted together with the server.')],
    range: '2.79-',
    refutedBy: ['compute:termination-keeps-volume'],
    check: (stage) => fate(stage, { delete_on_termination: true }, 'deleted'),
  },
  {
    id: 'compute/attach-volume#keeps-the-volume-of-a-deleted-server',
    statement: 'A volume attached with delete_on_termination false MUST be available when its server is deleted.',
    quotes: [goes],
    range: '2.79-',
    refutedBy: ['compute:termination-deletes-volume', 'compute:termination-keeps-attachment'],
    check: (stage) => fate(stage, { delete_on_termination: false }, 'available'),
  },
  {
    id: 'compute/attach-volume#keeps-the-volume-unless-told',
    statement: 'A volume attached without delete_on_termination MUST be available when its server is deleted.',
    quotes: [parameter('attach_delete_flag')('The default is ``false``.')],
    range: '2.1-2.100',
    refutedBy: ['compute:attach-deletes-by-default'],
    check: (stage) => fate(stage, {}, 'available'),
  },
  {
    id: 'compute/update-volume-attachment#changed-flag-is-obeyed',
    statement: 'The delete_on_termination of the last update MUST be obeyed when the server is deleted.',
    quotes: [
      updating('Changes what happens to an attached volume when its server goes.'),
      parameter('update_delete_flag')('Whether the volume is to be deleted together with the server.'),
    ],
    refutedBy: ['compute:update-not-obeyed'],
    check: (stage) =>
      fate(stage, {}, 'deleted', (server, volume) => update(stage, server, volume, { delete_on_termination: true })),
  },
  {
    id: 'compute/attach-volume#serves-one-of-two-servers',
    statement: 'Of two attaches of one volume to two servers at the same time, exactly one MUST come to its end.',
    quotes: [attaching('Makes a volume a disk of a server.')],
    refutedBy: ['compute:attach-without-lock'],
    check: async (stage) => {
      const [[first, second], volume] = await Promise.all([given(stage).pair(), given(stage).volume()]);
      const replies = await Promise.all([attach(stage, first, volume), attach(stage, second, volume)]);
      const accepted = replies.filter((reply) => statusOf(reply) === attachStatus(stage));
      if (accepted.length === 0) return replies.flatMap((reply) => expectStatus(reply, attachStatus(stage)));
      const settled = await settle(stage, volume);
      if (settled.length > 0) return settled;
      const holders = await Promise.all([first, second].map((server) => holds(stage, server, volume)));
      const wrong = replies.flatMap((reply) => expectStatus(reply, attachStatus(stage), 400, 409));
      return [...wrong, ...exactlyOne(holders)];
    },
  },
  {
    id: 'compute/attach-volume#serves-one-of-two-attaches',
    statement: 'Of two attaches of one volume to one server at the same time, the server MUST keep one.',
    quotes: [attaching('Makes a volume a disk of a server.')],
    refutedBy: ['compute:attach-without-lock'],
    check: async (stage) => {
      const [server, volume] = await Promise.all([given(stage).server(), given(stage).volume()]);
      const replies = await Promise.all([attach(stage, server, volume), attach(stage, server, volume)]);
      const accepted = replies.some((reply) => statusOf(reply) === attachStatus(stage));
      if (!accepted) return replies.flatMap((reply) => expectStatus(reply, attachStatus(stage)));
      const ended = await eventuallyAttached(stage, server, volume);
      const seen = await list(stage, server, { purpose: 'observation' });
      const wrong = replies.flatMap((reply) => expectStatus(reply, attachStatus(stage), 400, 409));
      const once = expectResponse(seen, 200, (shown) => {
        const times = listedVolumes(shown).filter((id) => id === volume.id).length;
        if (times === 1) return [];
        return [{ kind: 'value', exchange: shown.id, pointer: '/volumeAttachments', expected: 1, seen: times }];
      });
      return [...wrong, ...ended, ...once];
    },
  },
  {
    id: 'compute/detach-volume#serves-two-detaches',
    statement:
      'Of two detaches of one volume at the same time, one MUST be accepted and the volume be free at the end.',
    quotes: [detaching('Takes a volume away from a server.')],
    refutedBy: ['compute:detach-without-lock'],
    check: async (stage) => {
      const { server, volume } = await given(stage).attachment();
      const replies = await Promise.all([detach(stage, server, volume), detach(stage, server, volume)]);
      const accepted = replies.some((reply) => statusOf(reply) === 202);
      const wrong = accepted
        ? replies.flatMap((reply) => expectStatus(reply, 202, 400, 404, 409))
        : replies.flatMap((reply) => expectStatus(reply, 202));
      const gone = await eventuallyDetached(stage, server, volume);
      return [...wrong, ...(gone.length > 0 ? gone : await eventuallyFree(stage, volume))];
    },
  },
];

/** Deletes a server of the case's own and looks what becomes of its volume. */
async function fate(
  stage: Stage,
  fields: JsonObject,
  expected: 'deleted' | 'available',
  then?: (server: Server, volume: Volume) => Promise<Exchange>,
): Promise<readonly Finding[]> {
  const [server, volume] = await Promise.all([given(stage).ownServer(), given(stage).volumeToLose()]);
  const reply = await attach(stage, server, volume, fields);
  const refused = expectStatus(reply, attachStatus(stage));
  const ended = refused.length > 0 ? refused : await eventuallyAttached(stage, server, volume);
  if (ended.length > 0) return ended;
  const changed = then ? expectStatus(await then(server, volume), 202) : [];
  if (changed.length > 0) return changed;
  await endServer(stage, server);
  return stage.eventually({
    look: () => lookAtVolume(stage, volume),
    holds: (seen) => (expected === 'deleted' ? statusOf(seen) === 404 : volumeStatus(seen) === 'available'),
    expected: `the volume ${expected}`,
    seen: (last) => `status ${volumeStatus(last) ?? String(statusOf(last))}`,
    budgetMs: budgets.attachment,
  });
}

/** Waits until the volume service has made up its mind about a volume that was asked for twice. */
function settle(stage: Stage, volume: Volume): Promise<readonly Finding[]> {
  return stage.eventually({
    look: () => lookAtVolume(stage, volume),
    holds: (seen) => volumeStatus(seen) === 'in-use',
    expected: 'the volume in-use',
    seen: (last) => `status ${volumeStatus(last) ?? 'none'}`,
    budgetMs: budgets.attachment,
  });
}

interface Holder {
  readonly seen: Exchange;
  readonly has: boolean;
}

async function holds(stage: Stage, server: Server, volume: Volume): Promise<Holder> {
  const seen = control(await list(stage, server, { purpose: 'observation' }), 'listing the attachments of the server');
  return { seen, has: listedVolumes(seen).includes(volume.id) };
}

function exactlyOne(holders: readonly Holder[]): readonly Finding[] {
  const count = holders.filter(({ has }) => has).length;
  const last = holders.at(-1);
  if (count === 1 || !last) return [];
  return [
    { kind: 'value', exchange: last.seen.id, pointer: '/volumeAttachments', expected: 'one server', seen: count },
  ];
}

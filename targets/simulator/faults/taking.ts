/**
 * Faults in which volumes can be attached, detached and swapped: locks, races, and volumes in use.
 */

import type { AttachmentBehaviour } from '../compute/behaviour.ts';
import type { Fault } from './fault.ts';
import { attachments, changedAttachments } from './of-attachments.ts';
import { without } from './orders.ts';

type Order = AttachmentBehaviour['order'];
type Holders = AttachmentBehaviour['holders'];

/** Steps; long enough for two requests to overlap. */
const longWhile = 20;

const attaching: readonly Fault[] = [
  order('attach-ignores-volume-status', 'A volume in any status can be attached.', ({ reserve }) => ({
    reserve: without(reserve, 'volume-reservable'),
  })),
  order(
    'attach-tags-offloaded',
    'A volume can be attached with a tag to a shelved-offloaded server.',
    ({ attach }) => ({
      attach: without(attach, 'offloaded-tag'),
    }),
  ),
  order(
    'multiattach-offloaded',
    'A multiattach volume can be attached to a shelved-offloaded server.',
    ({ attach }) => ({
      attach: without(attach, 'offloaded-multiattach'),
    }),
  ),
  order('multiattach-early', 'A multiattach volume can be attached before 2.60.', ({ reserve }) => ({
    reserve: without(reserve, 'multiattach-version'),
  })),
  reservable('attach-twice', 'A volume can be attached twice to the same server.', ['in-use'], (rules) =>
    withHolders(rules, { single: ['itself'] }),
  ),
  reservable('attach-steals', 'A volume that is attached to another server can be attached.', ['in-use'], (rules) =>
    withHolders(rules, { single: ['another'] }),
  ),
  attachments('multiattach-twice', 'A multiattach volume can be attached twice to the same server.', (rules) =>
    withHolders(rules, { multiattach: ['itself', 'another'] }),
  ),
  attachments('multiattach-only-once', 'A multiattach volume can be attached to one server only.', (rules) =>
    withHolders(rules, { multiattach: [] }),
  ),
  reservable(
    'attach-without-lock',
    'Two simultaneous attaches of one volume are both accepted.',
    ['reserved', 'attaching', 'in-use'],
    ({ delays, order: { reserve, ...others } }) => ({
      delays: { ...delays, reserve: longWhile },
      order: { ...others, reserve: without(reserve, 'not-mapped-here') },
    }),
  ),
];

const detaching: readonly Fault[] = [
  order('detach-ignores-lock', 'Any user can detach volumes from a locked server.', ({ detach }) => ({
    detach: without(detach, 'lock'),
  })),
  attachments('detach-twice', 'A detached volume can be detached again.', ({ finds, order: orders }) => ({
    finds: { ...finds, detach: { ...finds.detach, mappings: ['detached'] } },
    order: { ...orders, detach: without(orders.detach, 'detachable') },
  })),
  attachments('detach-ignores-volume-status', 'A volume in any status can be detached.', ({ order: orders }) => ({
    order: { ...orders, detach: without(orders.detach, 'detachable') },
  })),
  attachments('multidetach-all', 'A detach of a multiattach volume ends all of its attachments.', () => ({
    detachesEverywhere: true,
  })),
  {
    id: 'compute:detach-without-lock',
    summary: 'Two simultaneous detaches of one volume are both accepted, and the second leaves the volume in error.',
    kind: 'behaviour',
    change: (behaviour) => {
      const { blockStorage } = behaviour;
      const changed = changedAttachments(({ delays }) => ({
        lateDetach: 'error_detaching',
        delays: { ...delays, disconnect: longWhile, forget: longWhile },
      }));
      const detachable = [...blockStorage.detachable, 'detaching'];
      return { ...changed(behaviour), blockStorage: { ...blockStorage, detachable } };
    },
  },
];

const swapping: readonly Fault[] = [
  order('swap-without-migration', 'A volume that is not migrating can be swapped.', ({ swap }) => ({
    swap: without(swap, 'migrating'),
  })),
  order('swap-to-attached', 'A volume can be swapped for one that is already attached.', ({ swap }) => ({
    swap: without(swap, 'new-detached', 'new-unmapped'),
  })),
  order('swap-multiattach', 'A volume that several servers write to can be swapped.', ({ swap }) => ({
    swap: without(swap, 'one-writer'),
  })),
  attachments('swap-to-anything', 'A volume can be swapped for one that does not exist.', ({ finds }) => ({
    finds: { ...finds, swap: { ...finds.swap, volumes: ['nonexistent'] } },
  })),
  attachments('swap-does-nothing', 'A swap is accepted and has no effect.', () => ({ exchanges: false })),
];

export const takingFaults: readonly Fault[] = [...attaching, ...detaching, ...swapping];

function order(name: string, summary: string, change: (order: Order) => Partial<Order>): Fault {
  return attachments(name, summary, (rules) => ({ order: { ...rules.order, ...change(rules.order) } }));
}

function withHolders({ holders }: AttachmentBehaviour, more: Partial<Holders>): Partial<AttachmentBehaviour> {
  return { holders: { ...holders, ...more } };
}

/** The volume service also reserves volumes in further statuses. */
function reservable(
  name: string,
  summary: string,
  more: readonly string[],
  change: (rules: AttachmentBehaviour) => Partial<AttachmentBehaviour>,
): Fault {
  const changed = changedAttachments(change);
  return {
    id: `compute:${name}`,
    summary,
    kind: 'behaviour',
    change: (behaviour) => {
      const { blockStorage } = behaviour;
      const { reservable: statuses } = blockStorage;
      const wider = { ...statuses, single: [...statuses.single, ...more] };
      return { ...changed(behaviour), blockStorage: { ...blockStorage, reservable: wider } };
    },
  };
}

/**
 * Deviations in which volumes a server takes and gives up: locks, races, volumes that are taken already, and swaps.
 */

import type { AttachmentBehaviour } from '../compute/behaviour.ts';
import type { Fault } from './fault.ts';
import { attachments, changedAttachments } from './of-attachments.ts';
import { without } from './orders.ts';

type Order = AttachmentBehaviour['order'];
type Holders = AttachmentBehaviour['holders'];

/** Steps of time in which two requests surely meet. */
const longWhile = 20;

const attaching: readonly Fault[] = [
  order('attach-ignores-volume-status', 'A volume in any status is attached.', ({ reserve }) => ({
    reserve: without(reserve, 'volume-reservable'),
  })),
  order('attach-tags-offloaded', 'A shelved-offloaded server takes a volume with a tag.', ({ attach }) => ({
    attach: without(attach, 'offloaded-tag'),
  })),
  order('multiattach-offloaded', 'A shelved-offloaded server takes a multiattach volume.', ({ attach }) => ({
    attach: without(attach, 'offloaded-multiattach'),
  })),
  order('multiattach-early', 'A multiattach volume is attached before 2.60.', ({ reserve }) => ({
    reserve: without(reserve, 'multiattach-version'),
  })),
  reservable('attach-twice', 'A server takes a volume that it has already once more.', ['in-use'], (rules) =>
    held(rules, { single: ['itself'] }),
  ),
  reservable('attach-steals', 'A server takes a volume that another has.', ['in-use'], (rules) =>
    held(rules, { single: ['another'] }),
  ),
  attachments('multiattach-twice', 'A server takes a multiattach volume that it has already once more.', (rules) =>
    held(rules, { multiattach: ['itself', 'another'] }),
  ),
  attachments('multiattach-only-once', 'A multiattach volume is for one server only, as any other.', (rules) =>
    held(rules, { multiattach: [] }),
  ),
  reservable(
    'attach-without-lock',
    'Of two attaches of one volume at the same time both are served.',
    ['reserved', 'attaching', 'in-use'],
    ({ delays, order: { reserve, ...others } }) => ({
      delays: { ...delays, reserve: longWhile },
      order: { ...others, reserve: without(reserve, 'not-mapped-here') },
    }),
  ),
];

const detaching: readonly Fault[] = [
  order('detach-ignores-lock', 'A locked server gives up volumes to anybody.', ({ detach }) => ({
    detach: without(detach, 'lock'),
  })),
  attachments('detach-twice', 'A volume that was detached can be detached once more.', ({ finds, order: orders }) => ({
    finds: { ...finds, detach: { ...finds.detach, mappings: ['detached'] } },
    order: { ...orders, detach: without(orders.detach, 'detachable') },
  })),
  attachments('detach-ignores-volume-status', 'A volume is detached whatever its status.', ({ order: orders }) => ({
    order: { ...orders, detach: without(orders.detach, 'detachable') },
  })),
  attachments('multidetach-all', 'A detach of a multiattach volume ends all of its attachments.', () => ({
    detachesEverywhere: true,
  })),
  {
    id: 'compute:detach-without-lock',
    summary: 'Of two detaches of one volume at the same time both begin, and the second leaves the volume in error.',
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
  order('swap-without-migration', 'A volume that does not migrate is swapped.', ({ swap }) => ({
    swap: without(swap, 'migrating'),
  })),
  order('swap-to-attached', 'A volume is swapped for one that a server has already.', ({ swap }) => ({
    swap: without(swap, 'new-detached', 'new-unmapped'),
  })),
  order('swap-multiattach', 'A volume that several servers write to is swapped.', ({ swap }) => ({
    swap: without(swap, 'one-writer'),
  })),
  attachments('swap-to-anything', 'A volume is swapped for one that does not exist.', ({ finds }) => ({
    finds: { ...finds, swap: { ...finds.swap, volumes: ['unheard-of'] } },
  })),
  attachments('swap-does-nothing', 'A swap is accepted, and nothing comes of it.', () => ({ exchanges: false })),
];

export const takingFaults: readonly Fault[] = [...attaching, ...detaching, ...swapping];

function order(name: string, summary: string, change: (order: Order) => Partial<Order>): Fault {
  return attachments(name, summary, (rules) => ({ order: { ...rules.order, ...change(rules.order) } }));
}

function held({ holders }: AttachmentBehaviour, more: Partial<Holders>): Partial<AttachmentBehaviour> {
  return { holders: { ...holders, ...more } };
}

/** The volume service reserves volumes in further statuses, too. */
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

/**
 * Faults in which volumes can be attached, detached and swapped, and in what a detach leaves: races, and volumes in use.
 */

import { beginDetaching, release, setStatus } from '../../../block-storage/attaching.ts';
import type { Behaviour } from '../../../behaviour.ts';
import type { Fault } from '../../../faults/fault.ts';
import type { AttachmentBehaviour } from '../../behaviour.ts';
import { mappingsOf } from '../../lookup.ts';
import { forget } from '../detach.ts';
import type { Attachment } from '../subject.ts';
import { attachments, type Change, defect, operationsOf } from './defect.ts';
import { inRules } from '../../../faults/of-endpoints.ts';

type Holders = AttachmentBehaviour['holders'];
type Detach = (subject: Attachment) => void;

/** Steps; long enough for two requests to overlap. */
const longWhile = 20;

const attaching: readonly Fault[] = [
  reservable('attach-twice', 'A volume can be attached twice to the same server.', ['in-use'], holding(['itself'])),
  reservable(
    'attach-steals',
    'A volume that is attached to another server can be attached.',
    ['in-use'],
    holding(['another']),
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
    inRules(operationsOf(['attach']), ({ delays, later = [] }) => ({
      delays: { ...delays, reserve: longWhile },
      later: later.filter((name) => name !== 'not-mapped-here'),
    })),
  ),
];

const detaching: readonly Fault[] = [
  defect(
    'compute:multidetach-all',
    ['detach'],
    'A detach of a multiattach volume ends all of its attachments.',
    detachingBy((detach) => (subject) => {
      detach(subject);
      afterDisconnect(subject, 0, () => {
        const { call, found } = subject;
        for (const other of mappingsOf(call, found.volume?.id ?? '')) release(call.cloud, other.attachmentId ?? '');
      });
    }),
  ),
  defect(
    'compute:detach-keeps-volume',
    ['detach'],
    'A detach is not reported to the volume service.',
    detachingBy(() => (subject) => {
      begin(subject);
      afterDisconnect(subject, 1, () => {
        const { call, found } = subject;
        if (found.server && found.attachment) forget(call, found.server, found.attachment);
      });
    }),
  ),
  defect(
    'compute:detach-leaves-mapping',
    ['detach'],
    'A detached volume stays mapped to its server.',
    detachingBy(() => (subject) => {
      begin(subject);
      afterDisconnect(subject, 0, () => {
        const { call, found } = subject;
        release(call.cloud, found.attachment?.attachmentId ?? '');
        if (found.attachment) found.attachment.attachmentId = null;
      });
    }),
  ),
  defect(
    'compute:detach-twice',
    ['detach'],
    'A volume that was detached can be detached again.',
    ({ lookups, checks }) => {
      const { attachment } = lookups;
      if (!attachment) return {};
      const rows: typeof attachment.rows = (call) => [...attachment.rows(call), ...(attachment.removed?.(call) ?? [])];
      return {
        lookups: { ...lookups, attachment: { ...attachment, rows } },
        checks: checks.filter((name) => name !== 'detachable'),
      };
    },
  ),
  {
    id: 'compute:detach-without-lock',
    summary: 'Two simultaneous detaches of one volume are both accepted, and the second leaves the volume in error.',
    kind: 'behaviour',
    change: (behaviour) => {
      const { blockStorage } = behaviour;
      const changed = inRules(operationsOf(['detach']), (rules) => ({
        ...detachingBy(failingSecond)(rules),
        delays: { disconnect: longWhile, forget: longWhile },
      }));
      const detachable = [...blockStorage.detachable, 'detaching'];
      return { ...changed(behaviour), blockStorage: { ...blockStorage, detachable } };
    },
  },
];

export const takingDefects: readonly Fault[] = [...attaching, ...detaching];

/** Wraps the effect of a detach. */
function detachingBy(change: (detach: Detach) => Detach): Change {
  return ({ effect }) => ({ effect: change(effect as unknown as Detach) });
}

function begin({ call, found: { server, volume } }: Attachment): void {
  if (volume && server?.vmState !== 'shelved_offloaded') beginDetaching(call.cloud, volume);
}

/** After the host has disconnected the volume, and `more` steps. */
function afterDisconnect({ call, rules: { delays } }: Attachment, more: number, task: () => void): void {
  call.cloud.schedule.after((delays?.disconnect ?? 0) + more, task);
}

/** The record that the second one should remove is removed already. */
function failingSecond(detach: Detach): Detach {
  return (subject) => {
    const { call, found } = subject;
    const { cloud } = call;
    const { volume } = found;
    const record = found.attachment?.attachmentId ?? '';
    afterDisconnect(subject, 0, () => {
      if (volume && !cloud.blockStorage.attachments.has(record)) setStatus(cloud, volume, 'error_detaching');
    });
    detach(subject);
  };
}

function withHolders({ holders }: AttachmentBehaviour, more: Partial<Holders>): Partial<AttachmentBehaviour> {
  return { holders: { ...holders, ...more } };
}

function holding(single: Holders['single']): (behaviour: Behaviour) => Behaviour {
  return (behaviour) => {
    const { compute } = behaviour;
    const changed = { ...compute.attachments, ...withHolders(compute.attachments, { single }) };
    return { ...behaviour, compute: { ...compute, attachments: changed } };
  };
}

/** The volume service also reserves volumes in further statuses. */
function reservable(
  name: string,
  summary: string,
  more: readonly string[],
  change: (behaviour: Behaviour) => Behaviour,
): Fault {
  return {
    id: `compute:${name}`,
    summary,
    kind: 'behaviour',
    change: (behaviour) => {
      const { blockStorage } = behaviour;
      const { reservable: statuses } = blockStorage;
      const wider = { ...statuses, single: [...statuses.single, ...more] };
      return { ...change(behaviour), blockStorage: { ...blockStorage, reservable: wider } };
    },
  };
}

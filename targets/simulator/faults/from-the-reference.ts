/**
 * Faults written from the reference without knowledge of the clauses.
 *
 * The faults in this file change the rules; those in from-the-reference-*.ts tamper with single requests.
 */

import { range } from '../../../src/microversion.ts';
import type { AttachmentBehaviour, ComputeBehaviour } from '../compute/behaviour.ts';
import type { PolicyGrant } from '../compute/policy.ts';
import type { DetachCheck } from '../compute/volume-attachments/detach-checks.ts';
import type { ComputeCall } from '../compute/call.ts';
import type { Mapping } from '../compute/state.ts';
import type { Fault } from './fault.ts';
import { referenceAttachFaults } from './from-the-reference-attaching.ts';
import { referenceChangeFaults } from './from-the-reference-changes.ts';
import { referenceReadFaults } from './from-the-reference-reads.ts';

const ruleFaults: readonly Fault[] = [
  attachments('tag-a-version-late', 'List and show have the tag only from 2.71 on.', ({ itemFields }) => ({
    itemFields: itemFields.map((field) => (field.name === 'tag' ? { ...field, range: range('2.71-') } : field)),
  })),
  attachments('tag-lower-cased', 'List and show have the tag in lower case.', ({ itemFields }) => ({
    itemFields: itemFields.map((field) =>
      field.name === 'tag' ? { ...field, value: ({ tag }) => tag?.toLowerCase() ?? null } : field,
    ),
  })),
  // Hosts disconnect slowly here: if they did it at once, no client could observe the fault.
  attachments('list-drops-detaching', 'A list omits a volume as soon as its detaching begins.', (rules) => ({
    listing: { ...rules.listing, rows: (server, call) => rules.listing.rows(server, call).filter(isStaying(call)) },
    delays: { ...rules.delays, disconnect: 50 },
  })),
  attachments('attach-takes-tag-early', 'An attach accepts a tag from 2.42 on, as booting does.', earlyTag),
  compute(
    'unknown-query-a-version-late',
    'A list refuses unknown query parameters only from 2.76 on.',
    ({ gates }) => ({
      gates: { ...gates, 'strict-list-query': range('2.76-') },
    }),
  ),
  policy('admin-cannot-update', 'An administrator may not update attachments of another project.', {
    rule: 'os-volumes-attachments:update',
    change: (grants) => grants.filter((grant) => grant !== 'admin'),
  }),
  policy('member-swaps', 'A member passes the policy of a swap.', {
    rule: 'os-volumes-attachments:swap',
    change: (grants) => [...grants, 'project-member'],
  }),
  attachments('swap-of-stopped', 'The volume of a stopped server can be replaced.', ({ states }) => ({
    states: { ...states, swap: [...states.swap, 'stopped'] },
  })),
  attachments('swap-of-two-writers', 'A volume that two servers write to can be replaced.', ({ order }) => ({
    order: { ...order, swap: order.swap.filter((name) => name !== 'one-writer') },
  })),
  attachments('detach-lock-first', 'A detach checks the lock before it looks for the attachment.', ({ order }) => ({
    order: { ...order, detach: order.detach.flatMap(lockBehindPolicy) },
  })),
];

export const referenceFaults: readonly Fault[] = [
  ...ruleFaults,
  ...referenceReadFaults,
  ...referenceAttachFaults,
  ...referenceChangeFaults,
];

function lockBehindPolicy(name: DetachCheck): readonly DetachCheck[] {
  if (name === 'lock') return [];
  return name === 'policy' ? ['policy', 'lock'] : [name];
}

function earlyTag({ shapes }: AttachmentBehaviour): Partial<AttachmentBehaviour> {
  const { volumeAttachment, ...others } = shapes.attach.properties ?? {};
  const properties = { ...volumeAttachment?.properties };
  const tag = { ...properties.tag, range: range('2.42-') };
  const content = { ...volumeAttachment, properties: { ...properties, tag } };
  return { shapes: { ...shapes, attach: { ...shapes.attach, properties: { ...others, volumeAttachment: content } } } };
}

function policy(
  name: string,
  summary: string,
  {
    rule,
    change,
  }: { readonly rule: string; readonly change: (grants: readonly PolicyGrant[]) => readonly PolicyGrant[] },
): Fault {
  return compute(name, summary, ({ policies }) => ({
    policies: { ...policies, [rule]: change(policies[rule] ?? []) },
  }));
}

function isStaying({ cloud }: ComputeCall): (mapping: Mapping) => boolean {
  return ({ volumeId }) => cloud.blockStorage.volumes.get(volumeId ?? '')?.status !== 'detaching';
}

function attachments(
  name: string,
  summary: string,
  change: (rules: AttachmentBehaviour) => Partial<AttachmentBehaviour>,
): Fault {
  return compute(name, summary, (rules) => ({ attachments: { ...rules.attachments, ...change(rules.attachments) } }));
}

function compute(name: string, summary: string, change: (rules: ComputeBehaviour) => Partial<ComputeBehaviour>): Fault {
  return {
    id: `compute:blind-${name}`,
    summary,
    kind: 'behaviour',
    change: (behaviour) => ({ ...behaviour, compute: { ...behaviour.compute, ...change(behaviour.compute) } }),
  };
}

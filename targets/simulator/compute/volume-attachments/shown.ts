/**
 * Attachments as they are listed and shown.
 */

import { range } from '../../../../src/microversion.ts';
import { isOpen, type Shown } from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { ComputeCall } from '../call.ts';
import type { Of } from '../on-server.ts';
import { slice } from '../paging.ts';
import type { Mapping } from '../state.ts';
import { notAttachedTo } from './common-checks.ts';
import type { OfMapping } from './subject.ts';

export const fields: readonly Field<Shown<ComputeCall, Mapping>>[] = [
  { name: 'id', range: range('2.1-2.88'), value: ({ item }) => item.volumeId },
  { name: 'volumeId', value: ({ item }) => item.volumeId },
  { name: 'serverId', value: ({ item }) => item.serverId },
  { name: 'device', value: ({ item }) => item.device ?? undefined },
  { name: 'tag', range: range('2.70-'), value: ({ item }) => item.tag },
  { name: 'delete_on_termination', range: range('2.79-'), value: ({ item }) => item.deleteOnTermination },
  { name: 'attachment_id', range: range('2.89-'), value: ({ item }) => item.attachmentId },
  { name: 'bdm_uuid', range: range('2.89-'), value: ({ item }) => item.uuid },
];

/** Attachments are identified by the ids of the volume service. */
export const ownIds = { 'own-ids': range('2.89-') };

/** A page of a list. */
export function page(subject: Of<unknown>, rows: readonly Mapping[]): readonly Mapping[] {
  const shown = (all: readonly Mapping[]): readonly Mapping[] => all.filter((row) => isShown(subject, row));
  const { pagesCountOtherDisks } = subject.call.cloud.behaviour.compute.attachments.quirks;
  return pagesCountOtherDisks ? shown(slice(subject, rows)) : slice(subject, shown(rows));
}

/** An attachment without a record in the volume service is not shown where records identify attachments. */
export function unrecorded(subject: Of<OfMapping>): Refusal | undefined {
  const { attachment: mapping } = subject.found;
  return mapping && !isShown(subject, mapping) ? notAttachedTo(subject) : undefined;
}

function isShown({ call, rules }: Of<unknown>, { volumeId, attachmentId }: Mapping): boolean {
  if (volumeId === null) return false;
  const hidden = call.cloud.behaviour.compute.attachments.unrecorded === 'hidden';
  return attachmentId !== null || !hidden || !isOpen(rules, 'own-ids', call.at);
}

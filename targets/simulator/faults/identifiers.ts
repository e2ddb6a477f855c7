/**
 * Deviations in what attachments are shown with: identifiers, tags and names.
 */

import { randomUUID } from 'node:crypto';
import type { AttachmentBehaviour } from '../compute/behaviour.ts';
import type { Mapping } from '../compute/state.ts';
import type { Field } from '../fields.ts';
import type { Fault } from './fault.ts';
import type { Json } from '../http.ts';
import { attachments } from './of-attachments.ts';

type Values = Readonly<Record<string, (mapping: Mapping) => Json | undefined>>;

export const identifierFaults: readonly Fault[] = [
  shows('id-is-the-attachment-record', 'Below 2.89 the id of an attachment is that of its record already.', {
    id: ({ attachmentId }) => attachmentId,
  }),
  shows('attachment-id-is-the-volume', 'From 2.89 on attachment_id repeats the UUID of the volume.', {
    attachment_id: ({ volumeId }) => volumeId,
  }),
  shows('attachment-id-changes', 'Each look at an attachment makes up another attachment_id.', {
    attachment_id: () => randomUUID(),
  }),
  shows('bdm-uuid-is-the-attachment', 'From 2.89 on bdm_uuid repeats the attachment_id.', {
    bdm_uuid: ({ attachmentId }) => attachmentId,
  }),
  shows('show-drops-tag', 'An attachment is shown with no tag, whatever it has.', { tag: () => null }, 'show'),
  shows('list-drops-tag', 'Attachments are listed with no tag, whatever they have.', { tag: () => null }, 'list'),
  shows(
    'list-mixes-identifiers',
    'In a list attachment_id and bdm_uuid are in the place of each other.',
    { attachment_id: ({ uuid }) => uuid, bdm_uuid: ({ attachmentId }) => attachmentId },
    'list',
  ),
  shows(
    'list-differs-from-show',
    'A list gives the names of disks without the /dev/ that a show puts before them.',
    { device: ({ device }) => device?.replace('/dev/', '') },
    'list',
  ),
];

/** Other values for some members, in both replies or in one. */
function shows(name: string, summary: string, values: Values, only?: 'list' | 'show'): Fault {
  return attachments(name, summary, (rules) => changed(rules, values, only));
}

function changed(
  { itemFields, ownFields }: AttachmentBehaviour,
  values: Values,
  only: 'list' | 'show' | undefined,
): Partial<AttachmentBehaviour> {
  const told = (field: Field<Mapping>): Field<Mapping> => ({ ...field, value: values[field.name] ?? field.value });
  if (only === undefined) return { itemFields: itemFields.map(told) };
  const own = itemFields.filter((field) => Object.hasOwn(values, field.name)).map(told);
  return { ownFields: { ...ownFields, [only]: own } };
}

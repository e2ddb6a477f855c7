/**
 * Faults in the identifiers, tags and names with which attachments are shown.
 */

import { randomUUID } from 'node:crypto';
import type { Fault } from '../../../faults/fault.ts';
import type { EndpointRules } from '../../../kernel/endpoint.ts';
import type { Json } from '../../../kernel/http.ts';
import type { Mapping } from '../../state.ts';
import { defect } from './defect.ts';
import { showing } from '../../../faults/of-endpoints.ts';

type Values = Readonly<Record<string, (mapping: Mapping) => Json | undefined>>;

export const identifierDefects: readonly Fault[] = [
  shows('id-is-the-attachment-record', 'Below 2.89 the id of an attachment is that of its attachment record.', {
    id: ({ attachmentId }) => attachmentId,
  }),
  shows('attachment-id-is-the-volume', 'From 2.89 on attachment_id repeats the UUID of the volume.', {
    attachment_id: ({ volumeId }) => volumeId,
  }),
  shows('attachment-id-changes', 'Each response with an attachment has another attachment_id.', {
    attachment_id: () => randomUUID(),
  }),
  shows('bdm-uuid-is-the-attachment', 'From 2.89 on bdm_uuid repeats the attachment_id.', {
    bdm_uuid: ({ attachmentId }) => attachmentId,
  }),
  shows('show-drops-tag', 'A show has no tag, even if the attachment has one.', { tag: () => null }, ['show']),
  shows('list-drops-tag', 'A list has no tags, even if the attachments have some.', { tag: () => null }, ['list']),
  shows(
    'list-mixes-identifiers',
    'A list has attachment_id and bdm_uuid swapped.',
    { attachment_id: ({ uuid }) => uuid, bdm_uuid: ({ attachmentId }) => attachmentId },
    ['list'],
  ),
  shows(
    'list-differs-from-show',
    'A list has the names of disks without /dev/, unlike a show.',
    { device: ({ device }) => device?.replace('/dev/', '') },
    ['list'],
  ),
];

/** Other values for some fields, in list and show or in one of them. */
function shows(
  name: string,
  summary: string,
  values: Values,
  actions: readonly ('list' | 'show')[] = ['list', 'show'],
): Fault {
  return defect(`compute:${name}`, actions, summary, (rules) =>
    Object.entries(values).reduce<EndpointRules>(
      (now, [field, value]) => ({ ...now, ...showing(field, value)(now) }),
      rules,
    ),
  );
}

/**
 * Faults written from the reference without knowledge of the clauses.
 *
 * The faults in this file change the rules; those in from-the-reference-*.ts tamper with single requests.
 */

import { range } from '../../../../../src/microversion.ts';
import type { Fault } from '../../../faults/fault.ts';
import type { EndpointRules } from '../../../kernel/endpoint.ts';
import type { ComputeCall } from '../../call.ts';
import type { Mapping } from '../../state.ts';
import { defect, operationsOf } from './defect.ts';
import { inRules, showing } from '../../../faults/of-endpoints.ts';
import { referenceAttachFaults } from './from-the-reference-attaching.ts';
import { referenceChangeFaults } from './from-the-reference-changes.ts';
import { referenceReadFaults } from './from-the-reference-reads.ts';
import { pagedBy } from './listing.ts';

const ruleFaults: readonly Fault[] = [
  defect(
    'compute:blind-tag-lower-cased',
    ['list', 'show'],
    'List and show have the tag in lower case.',
    showing('tag', ({ tag }: Mapping) => tag?.toLowerCase() ?? null),
  ),
  {
    id: 'compute:blind-list-drops-detaching',
    summary: 'A list omits a volume as soon as its detaching begins.',
    kind: 'behaviour',
    change: (behaviour) => {
      const omits = inRules(
        operationsOf(['list']),
        pagedBy((page) => (subject, all) => page(subject, all.filter(isStaying(subject.call)))),
      );
      // Hosts disconnect slowly here: if they did it at once, no client could observe the fault.
      const slowly = inRules(operationsOf(['detach']), ({ delays }) => ({ delays: { ...delays, disconnect: 50 } }));
      return slowly(omits(behaviour));
    },
  },
  defect(
    'compute:blind-attach-takes-tag-early',
    ['attach'],
    'An attach accepts a tag from 2.42 on, as booting does.',
    earlyTag,
  ),
];

export const referenceFaults: readonly Fault[] = [
  ...ruleFaults,
  ...referenceReadFaults,
  ...referenceAttachFaults,
  ...referenceChangeFaults,
];

function earlyTag({ body }: EndpointRules): Partial<EndpointRules> {
  if (!body) return {};
  const { volumeAttachment, ...others } = body.shape.properties ?? {};
  const properties = { ...volumeAttachment?.properties };
  const tag = { ...properties.tag, range: range('2.42-') };
  const content = { ...volumeAttachment, properties: { ...properties, tag } };
  return { body: { ...body, shape: { ...body.shape, properties: { ...others, volumeAttachment: content } } } };
}

function isStaying({ cloud }: ComputeCall): (mapping: Mapping) => boolean {
  return ({ volumeId }) => cloud.blockStorage.volumes.get(volumeId ?? '')?.status !== 'detaching';
}

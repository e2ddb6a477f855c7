/**
 * Fixes of defects of Nova: they change nothing in a cloud without these defects.
 */

import { range } from '../../../../../src/microversion.ts';
import type { Fault } from '../../../faults/fault.ts';
import { compute } from '../../../faults/of-compute.ts';
import { defect, quirk } from './defect.ts';

const repairsNova = 'It fixes a defect of Nova that the exemplary cloud does not have.';

const fixes: readonly Fault[] = [
  compute('list-survives-odd-numbers', 'An invalid page number is ignored.', () => ({ oddPageNumbers: 'missing' })),
  quirk('attach-understands-flag-text', 'A flag sent as text has the value of the text.', { flagTextMeansTrue: false }),
  quirk('list-pages-volumes-only', 'Pages count volumes only, not other disks.', { pagesCountOtherDisks: false }),
  quirk('offloaded-detach-keeps-volume', 'Detaching from an offloaded server never deletes the volume.', {
    offloadedDetachDeletes: false,
  }),
  defect(
    'compute:refused-swap-changes-nothing',
    ['swap'],
    'A refused swap does not change the flag.',
    ({ checks }) => ({ checks: checks.filter((name) => name !== 'flag-saved-early') }),
  ),
  defect(
    'compute:show-rejects-unknown-query',
    ['show'],
    'A show refuses unknown query parameters from 2.102 on.',
    ({ query }) => ({ query: { ...query, strict: range('2.102-') } }),
  ),
];

export const fixesOfNova: readonly Fault[] = fixes.map((fault) => ({ ...fault, equivalent: repairsNova }));

/**
 * Faults in what an update changes and accepts.
 */

import type { Fault } from '../../../faults/fault.ts';
import type { Json } from '../../../kernel/http.ts';
import { badRequest } from '../../../kernel/refusal.ts';
import { updateBody } from '../endpoints.ts';
import { parseFlag } from '../flag.ts';
import type { Attachment } from '../subject.ts';
import { withNullTag, withOwnIds } from '../taking-back.ts';
import { type Change, checking, defect } from './defect.ts';

type Save = (subject: Attachment) => void;
type Check = (subject: Attachment) => ReturnType<typeof badRequest> | undefined;

const both = ['update', 'swap'] as const;

export const updatingDefects: readonly Fault[] = [
  defect(
    'compute:update-inverts-flag',
    ['update'],
    'An update stores the opposite of the flag.',
    saving((given) => (given === undefined ? undefined : !parseFlag(given))),
  ),
  defect(
    'compute:update-resets-flag',
    ['update'],
    'An update without the flag sets it to false.',
    saving((given) => given ?? false),
  ),
  defect(
    'compute:update-accepts-attachment-id',
    both,
    'An update also accepts the attachment_id as id.',
    ({ refusals }) => {
      const check = refusals['same-id'] as Check | undefined;
      const wider: Check = (subject) =>
        subject.wanted.id === subject.found.attachment?.attachmentId ? undefined : check?.(subject);
      return { refusals: { ...refusals, 'same-id': wider } };
    },
  ),
  defect(
    'compute:update-refuses-repetition',
    both,
    'An update that would change nothing is refused.',
    checking('other-flag', ({ wanted, found: { attachment: mapping } }: Attachment) => {
      const given = wanted.delete_on_termination;
      const same = given !== undefined && parseFlag(given) === mapping?.deleteOnTermination;
      return same ? badRequest('The attachment has this delete_on_termination already.') : undefined;
    }),
  ),
  defect(
    'compute:update-refuses-null-tag',
    both,
    'An update refuses the null tag with which the attachment is shown.',
    () => ({ body: { ...updateBody, shape: withOwnIds(updateBody.shape) } }),
  ),
  defect(
    'compute:update-refuses-what-is-shown',
    both,
    'An update refuses the identifiers with which the attachment is shown.',
    () => ({ body: { ...updateBody, shape: withNullTag(updateBody.shape) } }),
  ),
  defect('compute:swap-to-attached', ['swap'], 'A volume can be swapped for one that is attached.', ({ checks }) => ({
    checks: checks.filter((name) => name !== 'new-detached' && name !== 'new-unmapped'),
  })),
  defect(
    'compute:refused-swap-stores-the-flag',
    ['swap'],
    'The flag of a swap is stored before the swap is refused.',
    ({ checks }) => ({
      checks: checks.flatMap((name) => (name === 'old-volume' ? ['flag-saved-early', name] : [name])),
    }),
  ),
];

/** Stores another flag than the one sent; nothing if undefined. */
function saving(stored: (given: Json | undefined) => Json | undefined): Change {
  return ({ effect }) => ({
    effect: (subject: Attachment) => {
      const { delete_on_termination: given, ...others } = subject.wanted;
      const flag = stored(given);
      const wanted = flag === undefined ? others : { ...others, delete_on_termination: flag };
      (effect as Save | undefined)?.({ ...subject, wanted });
    },
  });
}

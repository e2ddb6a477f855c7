/**
 * Faults in which an attach fails on an odd tag or device.
 */

import { unforeseen } from '../../errors.ts';
import type { Fault, FaultId } from '../../../faults/fault.ts';
import { jsonIn, member, textMember } from '../../../kernel/http.ts';
import { operations, quirk } from './defect.ts';

export const oddTextDefects: readonly Fault[] = [
  failing('compute:attach-breaks-over-odd-tags', 'a non-ASCII tag', 'tag', /[^\x20-\x7e]/),
  failing(
    'compute:attach-breaks-over-odd-devices',
    'a device that is not the name of a whole disk',
    'device',
    /^(?!\/dev\/[a-z]d[a-z]+$)[^]/,
  ),
  quirk(
    'attach-breaks-over-unstorable-texts',
    'A tag or a device that no database column can store causes a 500 of an attach.',
    { oddTextsCrash: true },
  ),
];

function failing(id: FaultId, what: string, name: 'tag' | 'device', odd: RegExp): Fault {
  return {
    id,
    summary: `An attach with ${what} causes a 500.`,
    kind: 'tamper',
    operations: [operations.attach],
    tamper: (next) => (request, cloud) =>
      odd.test(textMember(member(jsonIn(request), 'volumeAttachment'), name) ?? '')
        ? unforeseen(cloud.behaviour.compute.supportText, 'builtins.ValueError')
        : next(request, cloud),
  };
}

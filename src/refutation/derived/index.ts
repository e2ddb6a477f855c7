/** Every fault that the contract itself suggests, for each operation and revision. */
import type { Contract } from '../../contract/model.ts';
import type { DerivedFault } from '../derived-fault.ts';
import { keywordFaults } from './keywords.ts';
import { replyMemberFaults } from './reply-members.ts';
import { repeatedMemberFaults } from './repeated-members.ts';
import { replyFaults } from './replies.ts';
import { requestFaults } from './requests.ts';

export function derivedFaults(contract: Contract): readonly DerivedFault[] {
  return contract.operations.flatMap((operation) => {
    const ground = { contract, operation };
    return [
      ...replyFaults(ground),
      ...replyMemberFaults(ground),
      ...repeatedMemberFaults(ground),
      ...requestFaults(ground),
      ...keywordFaults(ground),
    ];
  });
}

/** All seeded faults that are derived from the contract, for each operation and revision. */
import type { Contract } from '../../contract/model.ts';
import type { DerivedFault } from '../derived-fault.ts';
import { keywordFaults } from './keywords.ts';
import { responseMemberFaults } from './response-members.ts';
import { repeatedMemberFaults } from './repeated-members.ts';
import { responseFaults, statusFaults } from './responses.ts';
import { requestFaults } from './requests.ts';

export function derivedFaults(contract: Contract): readonly DerivedFault[] {
  return contract.operations.flatMap((operation) => {
    const subject = { contract, operation };
    const { removal } = operation;
    if (removal) return statusFaults(subject).filter(({ status }) => status === removal.status);
    return [
      ...responseFaults(subject),
      ...responseMemberFaults(subject),
      ...repeatedMemberFaults(subject),
      ...requestFaults(subject),
      ...keywordFaults(subject),
    ];
  });
}

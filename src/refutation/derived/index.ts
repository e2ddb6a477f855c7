/** Every fault that the contract itself suggests. */
import type { Contract } from '../../contract/model.ts';
import type { DerivedFault } from '../derived-fault.ts';

export function derivedFaults(contract: Contract): readonly DerivedFault[] {
  return contract.operations.flatMap(() => []);
}

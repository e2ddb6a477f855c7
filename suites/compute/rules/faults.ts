/** The seeded faults that break what a rule promises for an operation. */
import type { DeclaredOperation } from '../../../src/clauses/define-operation.ts';

/**
 * The fault that an operator of the simulator makes of the operation, such as `widen-role:reader`. Operations with a
 * `name` have faults written for them instead, of which `named` is the end.
 */
export function faultOf({ id, name }: DeclaredOperation, operator: string, named: string): string {
  return name === undefined ? `${id}:${operator}` : `compute:${name}-${named}`;
}

/** The clauses on the actions of servers. */
import { clausesByRules } from '../../../src/clauses/define-rule.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { computeRules } from '../rules/index.ts';
import { serverActionOperations } from './operations.ts';
import { isLogged, keepsState, reachesState } from './rules.ts';
import { consoleClauses } from './consoles.ts';
import { evacuatingClauses } from './evacuating.ts';
import { fixedAddressClauses } from './fixed-addresses.ts';
import { floatingAddressClauses } from './floating-addresses.ts';
import { imageClauses } from './image-effects.ts';
import { writtenActionClauses } from './effects.ts';
import { movingClauses } from './moves.ts';
import { rebuildingClauses } from './rebuilding.ts';
import { securityGroupClauses } from './security-groups.ts';
import { valueClauses } from './values.ts';

export const serverActionClauses: readonly WrittenClause[] = [
  ...clausesByRules(computeRules, serverActionOperations),
  ...serverActionOperations.flatMap(reachesState),
  ...serverActionOperations.flatMap(keepsState),
  ...serverActionOperations.flatMap(isLogged),
  ...writtenActionClauses,
  ...valueClauses,
  ...imageClauses,
  ...movingClauses,
  ...consoleClauses,
  ...rebuildingClauses,
  ...securityGroupClauses,
  ...fixedAddressClauses,
  ...floatingAddressClauses,
  ...evacuatingClauses,
];

/** The registry of the written clauses on volume attachments. */
import { clausesByRules } from '../../../src/clauses/define-rule.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { actionLogClauses } from './action-log.ts';
import { attachingClauses } from './attaching.ts';
import { goodBehaviourClauses } from './good-behaviour.ts';
import { identifierClauses } from './identifiers.ts';
import { lifetimeClauses } from './lifetime.ts';
import { listingClauses } from './listing.ts';
import { mixUpClauses } from './mix-ups.ts';
import { multiattachClauses } from './multiattach.ts';
import { detachingClauses } from './detaching.ts';
import { oddTextClauses } from './odd-texts.ts';
import { attachRefusals } from './refusing-attach.ts';
import { stateClauses } from './states.ts';
import { swappingClauses } from './swapping.ts';
import { updatingClauses } from './updating.ts';
import { computeRules } from '../rules/index.ts';
import { volumeAttachmentOperations } from './operations.ts';

export const volumeAttachmentClauses: readonly WrittenClause[] = [
  ...clausesByRules(computeRules, volumeAttachmentOperations),
  ...attachingClauses,
  ...identifierClauses,
  ...lifetimeClauses,
  ...listingClauses,
  ...multiattachClauses,
  ...mixUpClauses,
  ...detachingClauses,
  ...attachRefusals,
  ...stateClauses,
  ...swappingClauses,
  ...updatingClauses,
  ...oddTextClauses,
  ...goodBehaviourClauses,
  ...actionLogClauses,
];

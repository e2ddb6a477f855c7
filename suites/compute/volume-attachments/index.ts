/** The registry of the written clauses on volume attachments. */
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { actionLogClauses } from './action-log.ts';
import { attachingClauses } from './attaching.ts';
import { faultClauses } from './faults.ts';
import { goodBehaviourClauses } from './good-behaviour.ts';
import { headerClauses } from './headers.ts';
import { identifierClauses } from './identifiers.ts';
import { isolationClauses } from './isolation.ts';
import { lifetimeClauses } from './lifetime.ts';
import { listingClauses } from './listing.ts';
import { mixUpClauses } from './mix-ups.ts';
import { multiattachClauses } from './multiattach.ts';
import { negotiationClauses } from './negotiation.ts';
import { detachingClauses } from './detaching.ts';
import { oddBodyClauses } from './odd-bodies.ts';
import { orderClauses } from './order.ts';
import { policyClauses } from './policy.ts';
import { refusedMicroversionClauses } from './refused-microversions.ts';
import { attachRefusals } from './refusing-attach.ts';
import { robustnessClauses } from './robustness.ts';
import { stateClauses } from './states.ts';
import { swappingClauses } from './swapping.ts';
import { updatingClauses } from './updating.ts';
import { versionDocumentClauses } from './version-documents.ts';

export const volumeAttachmentClauses: readonly WrittenClause[] = [
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
  ...negotiationClauses,
  ...versionDocumentClauses,
  ...policyClauses,
  ...isolationClauses,
  ...orderClauses,
  ...headerClauses,
  ...faultClauses,
  ...refusedMicroversionClauses,
  ...robustnessClauses,
  ...oddBodyClauses,
  ...goodBehaviourClauses,
  ...actionLogClauses,
];

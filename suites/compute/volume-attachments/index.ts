/** Every written clause on volume attachments, one line per topic. */
import type { WrittenClause } from '../../../src/conformance/written.ts';
import { negotiationClauses } from './negotiation.ts';
import { stateClauses } from './states.ts';
import { versionDocumentClauses } from './version-documents.ts';

export const volumeAttachmentClauses: readonly WrittenClause[] = [
  ...stateClauses,
  ...negotiationClauses,
  ...versionDocumentClauses,
];

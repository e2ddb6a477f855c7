/** Every written clause on volume attachments, one line per topic. */
import type { WrittenClause } from '../../../src/conformance/written.ts';
import { stateClauses } from './states.ts';

export const volumeAttachmentClauses: readonly WrittenClause[] = [...stateClauses];

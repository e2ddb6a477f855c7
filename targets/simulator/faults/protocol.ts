/**
 * Faults in versions, headers, bodies of error responses and odd input.
 */

import type { Fault } from './fault.ts';
import { marksOfFaults } from './marks-of-faults.ts';
import { negotiationFaults } from './negotiation.ts';
import { oddInputFaults } from './odd-input.ts';
import { replyFaults } from './replies.ts';
import { typeAndMethodFaults } from './types-and-methods.ts';
import { versionDocumentFaults } from './version-documents.ts';

export const protocolFaults: readonly Fault[] = [
  ...marksOfFaults,
  ...replyFaults,
  ...negotiationFaults,
  ...versionDocumentFaults,
  ...typeAndMethodFaults,
  ...oddInputFaults,
];

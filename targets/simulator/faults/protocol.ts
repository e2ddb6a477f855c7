/**
 * Faults of the whole service in versions, headers, content types and odd input.
 */

import type { Fault } from './fault.ts';
import { negotiationFaults } from './negotiation.ts';
import { oddInputFaults } from './odd-input.ts';
import { responseFaults } from './responses.ts';
import { typeAndMethodFaults } from './types-and-methods.ts';
import { versionDocumentFaults } from './version-documents.ts';

export const protocolFaults: readonly Fault[] = [
  ...responseFaults,
  ...negotiationFaults,
  ...versionDocumentFaults,
  ...typeAndMethodFaults,
  ...oddInputFaults,
];

/**
 * Faults of volume attachments that no operator makes.
 */

import type { Fault } from '../../faults/fault.ts';
import { actionLogFaults } from './defects/action-log.ts';
import { attachingDefects } from './defects/attaching.ts';
import { referenceFaults } from './defects/from-the-reference.ts';
import { identifierDefects } from './defects/identifiers.ts';
import { listingDefects } from './defects/listing.ts';
import { misshapenInStates } from './defects/misshapen-in-states.ts';
import { fixesOfNova } from './defects/nova-fixes.ts';
import { oddTextDefects } from './defects/odd-texts.ts';
import { takingDefects } from './defects/taking.ts';
import { updatingDefects } from './defects/updating.ts';
import { inventedDefects } from './defects/invented.ts';

export const attachmentDefects: readonly Fault[] = [
  ...attachingDefects,
  ...takingDefects,
  ...updatingDefects,
  ...listingDefects,
  ...identifierDefects,
  ...inventedDefects,
  ...oddTextDefects,
  ...actionLogFaults,
  ...misshapenInStates,
  ...fixesOfNova,
  ...referenceFaults,
];

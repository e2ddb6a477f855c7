/**
 * Deviations in the documents that tell which versions there are, and in the endpoint that is older than they.
 */

import { type Microversion, previousMicroversion } from '../../../src/microversion.ts';
import type { DocumentBehaviour, LegacyBehaviour } from '../compute/protocol.ts';
import type { Fault } from './fault.ts';
import { protocol } from './of-compute.ts';

/** As before the last upgrade. */
const oneLess = (maximum: Microversion): Microversion => previousMicroversion(maximum) ?? maximum;

export const versionDocumentFaults: readonly Fault[] = [
  documents('root-needs-a-token', 'The list of versions is for those with a token.', { rootNeedsToken: true }),
  documents('root-heeds-version-headers', 'The list of versions is refused at a version that cannot be had.', {
    rootHeedsVersionHeaders: true,
  }),
  documents('root-tells-another-range', 'The list of versions ends one microversion too early.', {
    rootMaximum: oneLess,
  }),
  documents('listed-version-without-links', 'The list of versions does not tell where they are.', {
    rootHasLinks: false,
  }),
  documents('version-document-needs-a-token', 'The document of a version is for those with a token.', {
    versionNeedsToken: true,
  }),
  documents('version-document-tells-another-range', 'The document of v2.1 ends one microversion too early.', {
    versionMaximum: oneLess,
  }),
  older('tells-a-range', 'The document of the older endpoint tells the range of v2.1.', { tellsRange: true }),
  older('heeds-version-headers', 'The older endpoint serves the microversion asked for.', {
    heedsVersionHeaders: true,
  }),
  older('names-a-version', 'Replies of the older endpoint name a microversion.', { namesVersion: true }),
  older('refuses-unknown-members', 'The older endpoint is as strict about bodies as v2.1.', {
    passesOverUnknownMembers: false,
  }),
  older('accepts-anything', 'The older endpoint does not look at the values in bodies.', { checksBodies: false }),
];

function documents(name: string, summary: string, change: Partial<DocumentBehaviour>): Fault {
  return protocol('documents', name, summary, change);
}

function older(name: string, summary: string, change: Partial<LegacyBehaviour>): Fault {
  return protocol('legacy', `older-endpoint-${name}`, summary, change);
}

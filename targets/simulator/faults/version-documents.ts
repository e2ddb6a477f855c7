/**
 * Faults in the version documents, and in the legacy endpoint.
 */

import { type Microversion, previousMicroversion } from '../../../src/microversion.ts';
import type { DocumentBehaviour, LegacyBehaviour } from '../compute/protocol.ts';
import type { Fault } from './fault.ts';
import { protocol } from './of-compute.ts';

/** As before an upgrade. */
const oneLess = (maximum: Microversion): Microversion => previousMicroversion(maximum) ?? maximum;

export const versionDocumentFaults: readonly Fault[] = [
  documents('root-needs-a-token', 'The list of versions requires a token.', { rootNeedsToken: true }),
  documents(
    'root-heeds-version-headers',
    'The list of versions is refused when a version is requested that is not served.',
    {
      rootChecksVersionHeaders: true,
    },
  ),
  documents('root-tells-another-range', 'The list of versions ends one microversion too early.', {
    rootMaximum: oneLess,
  }),
  documents('listed-version-without-links', 'The list of versions has no links.', {
    rootHasLinks: false,
  }),
  documents('version-document-needs-a-token', 'The document of a version requires a token.', {
    versionNeedsToken: true,
  }),
  documents('version-document-tells-another-range', 'The document of v2.1 ends one microversion too early.', {
    versionMaximum: oneLess,
  }),
  older('tells-a-range', 'The document of the legacy endpoint has the range of v2.1.', { showsRange: true }),
  older('heeds-version-headers', 'The legacy endpoint serves the requested microversion.', {
    appliesVersionHeaders: true,
  }),
  older('names-a-version', 'Responses of the legacy endpoint name a microversion.', { namesVersion: true }),
  older('refuses-unknown-members', 'The legacy endpoint refuses unknown members of bodies.', {
    ignoresUnknownMembers: false,
  }),
  older('accepts-anything', 'The legacy endpoint does not validate the values in bodies.', { checksBodies: false }),
];

function documents(name: string, summary: string, change: Partial<DocumentBehaviour>): Fault {
  return protocol('documents', name, summary, change);
}

function older(name: string, summary: string, change: Partial<LegacyBehaviour>): Fault {
  return protocol('legacy', `older-endpoint-${name}`, summary, change);
}

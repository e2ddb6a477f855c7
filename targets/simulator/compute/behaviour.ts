/**
 * The rules of the compute service that a release or a fault may change.
 */

import type { Microversion, MicroversionRange } from '../../../src/microversion.ts';
import type { EndpointRules } from '../kernel/endpoint.ts';
import type { Caller } from '../identity/caller.ts';
import type { Policies } from '../identity/policy-grant.ts';
import type { ProtocolBehaviour } from './protocol.ts';
import type { Mapping, Server } from './state.ts';

/** Behaviour that begins or ends with a microversion, other than single fields. */
export type Gate =
  /** A PUT of an attachment may update it, and not only swap its volume. */
  'update-form';

export interface ComputeBehaviour {
  readonly minimum: Microversion;
  readonly maximum: Microversion;
  readonly protocol: ProtocolBehaviour;
  /** How the documents describe the legacy endpoint. */
  readonly legacyDocument: { readonly status: 'SUPPORTED' | 'DEPRECATED'; readonly updated: string };
  readonly gates: Readonly<Record<Gate, MicroversionRange>>;
  readonly policies: Policies;
  /** Whether a token for the system or a domain is refused, whatever its roles. */
  readonly projectScopeOnly: boolean;
  readonly maxBodyBytes: number;
  /** Nesting depth of a body beyond which parsing fails with 500; undefined if it never does. */
  readonly crashingDepth: number | undefined;
  readonly supportText: string;
  /** A page number that matches its pattern but is not a number: it causes a 500, or counts as missing. */
  readonly oddPageNumbers: 'crash' | 'missing';
  /** Whether a caller can see a server; otherwise the response is a 404, not a 403. */
  readonly sees: (caller: Caller, server: Server) => boolean;
  /** The rules of the declared endpoints, by operation. */
  readonly endpoints: Readonly<Record<string, EndpointRules>>;
  readonly servers: ServerBehaviour;
  readonly attachments: AttachmentBehaviour;
}

export interface ServerBehaviour {
  /** Whether a deleted server's volumes are detached and deleted. */
  readonly termination: { readonly releases: boolean; readonly deletes: (mapping: Mapping) => boolean };
}

export interface AttachmentBehaviour {
  /** Which servers may already have a volume that is being attached. */
  readonly holders: { readonly single: readonly Holder[]; readonly multiattach: readonly Holder[] };
  /** The status that refuses the detach of a root disk. */
  readonly rootDetachStatus: number;
  readonly tooManyDisksStatus: number;
  /** How attachments without a record in the volume service are shown at 2.89 and later. */
  readonly unrecorded: 'hidden' | 'null';
  readonly quirks: AttachmentQuirks;
}

/** A server that has a volume, relative to the server that it is being attached to. */
export type Holder = 'itself' | 'another';

/** Known defects of the reference implementation; a change of behaviour can fix each. */
export interface AttachmentQuirks {
  /** A flag sent as text is stored as true, whatever the text. */
  readonly flagTextMeansTrue: boolean;
  /** Pages also count disks without a volume, which are not shown. */
  readonly pagesCountOtherDisks: boolean;
  /** Detaching from an offloaded server deletes a volume whose flag is set. */
  readonly offloadedDetachDeletes: boolean;
  /** A tag or device name that the database cannot store causes a 500; from 2.101 on the attach fails silently. */
  readonly oddTextsCrash: boolean;
}

/**
 * The rules of the compute service that a release or a fault may change.
 */

import type { Microversion, MicroversionRange } from '../../../src/microversion.ts';
import type { EndpointRules } from '../kernel/endpoint.ts';
import type { Field } from '../kernel/fields.ts';
import type { Caller } from '../identity/caller.ts';
import type { Shape } from '../kernel/shape.ts';
import type { PolicyGrant } from './policy.ts';
import type { ProtocolBehaviour } from './protocol.ts';
import type { ActionRule } from './servers/action-rule.ts';
import type { ServerSubject } from './servers/view.ts';
import type { Mapping, Server, VmState } from './state.ts';
import type { AttachCheck, ReserveCheck } from './volume-attachments/attach-checks.ts';
import type { DetachCheck } from './volume-attachments/detach-checks.ts';
import type { AttachmentAction, Finds } from './volume-attachments/finding.ts';
import type { ReadCheck } from './volume-attachments/read-checks.ts';
import type { AttachReply } from './volume-attachments/attach-reply.ts';
import type { Listing } from './volume-attachments/listing.ts';
import type { Storing } from './volume-attachments/storing.ts';
import type { AttachmentSubject } from './volume-attachments/subject.ts';
import type { SwapCheck, UpdateCheck } from './volume-attachments/update-checks.ts';

/** Behaviour that begins or ends with a microversion, other than single fields. */
export type Gate =
  | 'shelved-attach'
  | 'multiattach'
  | 'strict-list-query'
  | 'strict-show-query'
  | 'strict-attach-query'
  | 'strict-update-query'
  | 'strict-swap-query'
  | 'strict-detach-query'
  | 'update-form'
  | 'attach-in-background'
  /** Attachments are identified by the ids of the volume service. */
  | 'own-ids'
  /** A new server needs networks, or the word `none`. */
  | 'named-networks'
  | 'whole-update-answer';

export interface ComputeBehaviour {
  readonly minimum: Microversion;
  readonly maximum: Microversion;
  readonly protocol: ProtocolBehaviour;
  /** How the documents describe the legacy endpoint. */
  readonly legacyDocument: { readonly status: 'SUPPORTED' | 'DEPRECATED'; readonly updated: string };
  readonly gates: Readonly<Record<Gate, MicroversionRange>>;
  readonly policies: Readonly<Record<string, readonly PolicyGrant[]>>;
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
  readonly fields: readonly Field<ServerSubject>[];
  readonly actions: Readonly<Record<string, ActionRule>>;
  /** Steps. */
  readonly delays: { readonly schedule: number; readonly spawn: number; readonly delete: number };
  /** Whether a deleted server's volumes are detached and deleted. */
  readonly termination: { readonly releases: boolean; readonly deletes: (mapping: Mapping) => boolean };
}

export interface AttachmentBehaviour {
  readonly shapes: { readonly listQuery: Shape; readonly attach: Shape; readonly update: Shape };
  readonly itemFields: readonly Field<Mapping>[];
  /** Fields of a list only or of a show only; they replace the common fields of the same names. */
  readonly ownFields: { readonly list: readonly Field<Mapping>[]; readonly show: readonly Field<Mapping>[] };
  readonly replyFields: readonly Field<AttachReply>[];
  readonly listing: Listing;
  readonly storing: Storing;
  /** Whether an attach that waits for the mapping and its record responds only after both exist. */
  readonly reservesBeforeReply: boolean;
  /** Whether the mapping is removed when the volume service refuses its record. */
  readonly dropsRefused: boolean;
  /** Whether a detach frees the volume, and whether it removes the mapping or leaves it without its record. */
  readonly detaching: { readonly releases: boolean; readonly forgets: boolean };
  /** The values that an update accepts as id. */
  readonly updateIds: (subject: AttachmentSubject) => readonly (string | null)[];
  readonly order: {
    readonly list: readonly ReadCheck[];
    readonly show: readonly ReadCheck[];
    readonly attach: readonly AttachCheck[];
    /** The checks of the compute host; from 2.101 on the client does not see their refusals. */
    readonly reserve: readonly ReserveCheck[];
    readonly detach: readonly DetachCheck[];
    readonly update: readonly UpdateCheck[];
    readonly swap: readonly SwapCheck[];
  };
  readonly states: {
    readonly attach: readonly VmState[];
    readonly detach: readonly VmState[];
    readonly swap: readonly VmState[];
    readonly update: readonly VmState[];
    /** The states in which a list and a show have attachments. */
    readonly list: readonly VmState[];
    readonly show: readonly VmState[];
    /** The states in which attaching and detaching require a microversion. */
    readonly gated: { readonly attach: readonly VmState[]; readonly detach: readonly VmState[] };
  };
  /** What each operation finds in addition to what its caller can see. */
  readonly finds: Readonly<Record<AttachmentAction, Finds>>;
  /** Which servers may already have a volume that is being attached. */
  readonly holders: { readonly single: readonly Holder[]; readonly multiattach: readonly Holder[] };
  readonly success: Readonly<Record<'list' | 'show' | 'attach' | 'attachInBackground' | 'update' | 'detach', number>>;
  /** The status that refuses the detach of a root disk. */
  readonly rootDetachStatus: number;
  readonly tooManyDisksStatus: number;
  /** The policies of the update form and the swap form of PUT. */
  readonly rules: { readonly update: string; readonly swap: string };
  /** How attachments without a record in the volume service are shown at 2.89 and later. */
  readonly unrecorded: 'hidden' | 'null';
  /** Steps. */
  readonly delays: {
    readonly reserve: number;
    readonly record: number;
    readonly connect: number;
    readonly complete: number;
    readonly disconnect: number;
    readonly forget: number;
    readonly swap: number;
  };
  /** Whether a host can connect a reserved volume. */
  readonly connects: boolean;
  /** Whether a detach detaches the volume from all servers instead of the requested one. */
  readonly detachesEverywhere: boolean;
  /** The status of a volume that a host should disconnect but has already disconnected. */
  readonly lateDetach: 'nothing' | 'error_detaching';
  /** Whether an accepted swap takes effect. */
  readonly exchanges: boolean;
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
  /** The flag is stored before a swap in the same request is refused. */
  readonly flagSavedBeforeSwap: boolean;
  /** A tag or device name that the database cannot store causes a 500; from 2.101 on the attach fails silently. */
  readonly oddTextsCrash: boolean;
  /** The status of an attach if the conductor is older than the API. */
  readonly schedulerTooOld: 500 | 503 | undefined;
}

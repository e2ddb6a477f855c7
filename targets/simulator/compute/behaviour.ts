/**
 * The rules of the compute service that a release or a fault may change.
 */

import type { Microversion, MicroversionRange } from '../../../src/microversion.ts';
import type { Field } from '../fields.ts';
import type { Caller } from '../identity/caller.ts';
import type { Shape } from '../shape.ts';
import type { PolicyGrant } from './policy.ts';
import type { ProtocolBehaviour } from './protocol.ts';
import type { ActionRule } from './servers/action-rule.ts';
import type { ServerSubject } from './servers/view.ts';
import type { Mapping, Server, VmState } from './state.ts';
import type { AttachCheck, ReserveCheck } from './volume-attachments/attach-checks.ts';
import type { DetachCheck } from './volume-attachments/detach-checks.ts';
import type { AttachmentAct, Finds } from './volume-attachments/finding.ts';
import type { ReadCheck } from './volume-attachments/read-checks.ts';
import type { AttachReply } from './volume-attachments/attach-reply.ts';
import type { Listing } from './volume-attachments/listing.ts';
import type { Storing } from './volume-attachments/storing.ts';
import type { AttachmentSubject } from './volume-attachments/subject.ts';
import type { SwapCheck, UpdateCheck } from './volume-attachments/update-checks.ts';

/** What begins or ends with a microversion, apart from single fields. */
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
  /** Attachments are told apart by the volume service's ids. */
  | 'own-ids'
  /** Servers are made with networks, or with the word for none. */
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
  /** Whether a token for the system or a domain is refused whatever its roles are. */
  readonly projectScopeOnly: boolean;
  readonly maxBodyBytes: number;
  /** Levels of a body beyond which reading it fails with 500; undefined where it never does. */
  readonly crashingDepth: number | undefined;
  readonly supportText: string;
  /** Whether a server exists for a caller; what it does not see is a 404, not a 403. */
  readonly sees: (caller: Caller, server: Server) => boolean;
  readonly servers: ServerBehaviour;
  readonly attachments: AttachmentBehaviour;
}

export interface ServerBehaviour {
  readonly fields: readonly Field<ServerSubject>[];
  readonly actions: Readonly<Record<string, ActionRule>>;
  /** Steps of time. */
  readonly delays: { readonly schedule: number; readonly spawn: number; readonly delete: number };
  /** What becomes of a server's volumes when it is deleted. */
  readonly termination: { readonly releases: boolean; readonly deletes: (mapping: Mapping) => boolean };
}

export interface AttachmentBehaviour {
  readonly shapes: { readonly listQuery: Shape; readonly attach: Shape; readonly update: Shape };
  readonly itemFields: readonly Field<Mapping>[];
  /** What only a list tells so, or only a show: in the place of the fields of the same names. */
  readonly ownFields: { readonly list: readonly Field<Mapping>[]; readonly show: readonly Field<Mapping>[] };
  readonly replyFields: readonly Field<AttachReply>[];
  readonly listing: Listing;
  readonly storing: Storing;
  /** Whether the disk and its record are there before an attach is answered that waits for them. */
  readonly reservesBeforeReply: boolean;
  /** Whether the mapping goes again when the volume service refuses its record. */
  readonly dropsRefused: boolean;
  /** Whether a detach frees the volume, and whether the mapping goes or stays behind without its record. */
  readonly detaching: { readonly releases: boolean; readonly forgets: boolean };
  /** What an update may give as id. */
  readonly updateIds: (subject: AttachmentSubject) => readonly (string | null)[];
  readonly order: {
    readonly list: readonly ReadCheck[];
    readonly show: readonly ReadCheck[];
    readonly attach: readonly AttachCheck[];
    /** What is looked at once the compute host is asked; from 2.101 on nobody hears of a refusal. */
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
    /** Those in which a list and a show tell of attachments. */
    readonly list: readonly VmState[];
    readonly show: readonly VmState[];
    /** Those in which attaching and detaching begin with a microversion. */
    readonly gated: { readonly attach: readonly VmState[]; readonly detach: readonly VmState[] };
  };
  /** What each operation finds besides what is there for its caller. */
  readonly finds: Readonly<Record<AttachmentAct, Finds>>;
  /** Which servers may have a volume already when an attach asks for it. */
  readonly holders: { readonly single: readonly Holder[]; readonly multiattach: readonly Holder[] };
  readonly success: Readonly<Record<'list' | 'show' | 'attach' | 'attachInBackground' | 'update' | 'detach', number>>;
  /** Which status refuses the detaching of a root disk, and a missing policy for it. */
  readonly rootDetachStatus: number;
  readonly tooManyDisksStatus: number;
  /** The policy that the update form of PUT asks for, and the one for its swap form. */
  readonly rules: { readonly update: string; readonly swap: string };
  /** At 2.89 and later, attachments without a record in the volume service. */
  readonly unrecorded: 'hidden' | 'null';
  /** Steps of time. */
  readonly delays: {
    readonly reserve: number;
    readonly record: number;
    readonly connect: number;
    readonly complete: number;
    readonly disconnect: number;
    readonly forget: number;
    readonly swap: number;
  };
  /** Whether a host manages to connect a volume once it is reserved. */
  readonly connects: boolean;
  /** Whether a volume is taken from all the servers that have it, or from the one that is asked for. */
  readonly detachesEverywhere: boolean;
  /** What becomes of a volume that a host is to let go of when it has done so already. */
  readonly lateDetach: 'nothing' | 'error_detaching';
  /** Whether a swap that is accepted takes place. */
  readonly exchanges: boolean;
  readonly quirks: AttachmentQuirks;
}

/** A server that has a volume, seen from the one that is to get it. */
export type Holder = 'itself' | 'another';

/** Known defects of the reference implementation, each of which can be mended by a change of behaviour. */
export interface AttachmentQuirks {
  /** A page number that passes the pattern but is no number: 500. */
  readonly oddNumbersCrash: boolean;
  /** The flag given as text is stored as true, whatever it says. */
  readonly flagTextMeansTrue: boolean;
  /** Pages are cut before the disks without a volume are left out. */
  readonly pagesCountOtherDisks: boolean;
  /** Detaching from an offloaded server deletes a volume whose flag is set. */
  readonly offloadedDetachDeletes: boolean;
  /** The flag is stored before a swap in the same request is refused. */
  readonly flagSavedBeforeSwap: boolean;
  /** A tag or a device name that the database cannot hold: 500, or nothing at all from 2.101 on. */
  readonly oddTextsCrash: boolean;
  /** Set when the conductor is older than the API: the status that attaching then gives. */
  readonly conductorTooOld: 500 | 503 | undefined;
}

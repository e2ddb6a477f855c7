/**
 * The contract: what each operation of a service promises, at each microversion, as pure data.
 *
 * Assembled from a reference, a service manifest and errata; schemas and clauses are derived from it.
 */
import type { Json, NonEmpty } from '../json.ts';
import type { MicroversionRange } from '../microversion.ts';
import type { Discriminator } from './discriminator.ts';
import type { Facets } from './facets.ts';
import type { RepeatedFrom } from './repeated-from.ts';
import type { Topic } from './topic.ts';

export type { Facets } from './facets.ts';
export type { RepeatedFrom } from './repeated-from.ts';
/** A sentence of the specs. Its section is an operation's title, the heading above it, or a parameter's key. */
export interface Sentence {
  readonly kind: 'prose' | 'note' | 'parameter';
  readonly text: string;
  readonly source: Source;
  /** For another reference: our sentences with the same meaning. */
  readonly means?: readonly string[];
  /** The operations that it is about; empty when it is about all. */
  readonly operations: readonly OperationId[];
  /** For the first sentence of a parameter, which defines it: the lines that list the parameter. */
  readonly listed?: readonly { readonly source: Source }[];
}

export type { Topic } from './topic.ts';

/** `compute/attach-volume`: the service type and words that never change their meaning. */
export type OperationId = `${string}/${string}`;

export interface Contract {
  /** The service type: `compute`. */
  readonly service: string;
  readonly origin: Origin;
  /** How the service negotiates microversions; missing for a service that has none. */
  readonly microversions?: Negotiation;
  /** The keys of fault bodies; missing when the manifest names none. */
  readonly faults?: FaultKeys;
  /** The headers in which every response has the id of its request; missing when the manifest names none. */
  readonly requestIds?: readonly string[];
  readonly operations: readonly Operation[];
  /** The errata that changed this contract or its interpretation. */
  readonly errata: readonly AppliedErratum[];
  /** Every sentence of the specs about these operations, by file from top to bottom. */
  readonly sentences: readonly Sentence[];
}

/** The origin of the facts. */
export interface Origin {
  readonly title: string;
  readonly revision: string;
  readonly date: string;
  readonly license: string;
}

export interface Negotiation {
  /** `OpenStack-API-Version`, or a header of the service's own: `X-OpenStack-Ironic-API-Version`. */
  readonly header: string;
  /** The service name in that header: `compute`. Missing where its value is the microversion alone. */
  readonly serviceName?: string;
  /** The service's older header, value only: `X-OpenStack-Nova-API-Version`. */
  readonly legacyHeader?: string;
  /** The microversions that the reference covers. */
  readonly range: MicroversionRange;
}

/** How fault bodies are wrapped: `{"itemNotFound": {"code": 404, "message": "…"}}`. */
export interface FaultKeys {
  readonly byStatus: readonly FaultKey[];
  /** The key for every other status. */
  readonly other: string;
}

export interface FaultKey {
  readonly status: number;
  readonly key: string;
}

/** A place in the specs. */
export interface Source {
  readonly file: string;
  readonly section: string;
  /** Counts from 1. */
  readonly line: number;
}

/** A removal that the reference states. */
export interface Removal {
  /** The newest microversion of the first release without the operation, as text: `2.79`. */
  readonly maximum: string;
  /** Of the responses of releases without it: 410 as a rule. */
  readonly status: number;
}

export interface Operation {
  readonly id: OperationId;
  readonly title: string;
  readonly method: string;
  /** With names in braces: `/servers/{server_id}/os-volume_attachments`. */
  readonly path: string;
  /** What shows that a request is for this operation, where others share method and path. */
  readonly when?: Discriminator;
  readonly source: Source;
  /** The microversions at which it exists. */
  readonly range: MicroversionRange;
  /** Of an operation that releases no longer have. */
  readonly removal?: Removal;
  /** In order and without gaps, from the first microversion of the operation to the last. */
  readonly revisions: NonEmpty<Revision>;
  readonly notes: readonly ContractNote[];
  readonly samples: readonly ContractSample[];
}

/** The contract of one operation in the longest range in which it does not change. */
export interface Revision {
  readonly range: MicroversionRange;
  readonly request: Message;
  /** The responses of a success; usually one. */
  readonly responses: NonEmpty<DocumentedResponse>;
  readonly errors: readonly ErrorCode[];
}

/** The parts of a request. */
export interface RequestParts {
  readonly path: readonly Parameter[];
  readonly query: readonly Parameter[];
  readonly header: readonly Parameter[];
  readonly body: Body;
}

export interface Message extends RequestParts {
  /** How query parameters that are not listed are handled; `undocumented` without a statement. */
  readonly unknownQuery: UnknownQuery;
}

export type UnknownQuery = 'ignored' | 'rejected' | 'undocumented';

export interface DocumentedResponse {
  readonly status: number;
  readonly header: readonly Parameter[];
  readonly body: Body;
  readonly source: Source;
  /** True when the reference documents no success code: then this one replaces it and promises nothing. */
  readonly assumed?: true;
}

export interface ErrorCode {
  readonly status: number;
  readonly source: Source;
}

/** A parameter outside the body. */
export interface Parameter {
  readonly name: string;
  readonly required: boolean;
  readonly shape: Shape;
  /** The microversions at which it exists. */
  readonly range: MicroversionRange;
  readonly source: Source;
  /** How a value of another form is handled, where that is documented. */
  readonly wrongValue?: 'rejected';
}

/** `undocumented`: the reference does not describe the body, which is not the same as an empty body. */
export type Body =
  | { readonly kind: 'none'; readonly source: Source }
  | { readonly kind: 'undocumented' }
  | { readonly kind: 'json'; readonly shape: Shape };

/** A JSON value's form. `nullable` means that null is allowed too. */
export type Shape = ObjectShape | ArrayShape | ScalarShape | NullShape | AnyShape | ChoiceShape;

export interface ObjectShape {
  readonly type: 'object';
  readonly nullable: boolean;
  readonly members: readonly Member[];
  /** A free-form map, or an object that the reference documents incompletely: other keys are allowed. */
  readonly open: boolean;
  /** In a draft: the microversions at which it is open, if not all. */
  readonly openIn?: readonly MicroversionRange[];
  /** The form of the values of other keys, where the reference documents it; the object is then open. */
  readonly values?: Shape;
}

export interface ArrayShape {
  readonly type: 'array';
  readonly nullable: boolean;
  readonly items: Shape;
}

export interface ScalarShape {
  readonly type: 'string' | 'integer' | 'number' | 'boolean';
  readonly nullable: boolean;
  readonly facets?: Facets;
}

/** Always null, as in `{"pause": null}`. */
export interface NullShape {
  readonly type: 'null';
}

/** The reference does not determine the form. */
export interface AnyShape {
  readonly type: 'any';
}

/** One of several forms, when samples show more than one. */
export interface ChoiceShape {
  readonly type: 'choice';
  readonly options: NonEmpty<Shape>;
}

/**
 * `stated`: the text lists the member, and its place is certain. `shown`: only a sample has it. `inferred`: no sample
 * shows it, and its place follows from the names around it, or only its members tell of it.
 */
export type Confidence = 'stated' | 'shown' | 'inferred';

export interface Member {
  readonly name: string;
  readonly required: boolean;
  readonly shape: Shape;
  /** The microversions at which it exists, also beyond its revision. */
  readonly range: MicroversionRange;
  readonly source: Source;
  /** Missing where the text states the member and its place. */
  readonly confidence?: Exclude<Confidence, 'stated'>;
  /** The identifier of the request that it repeats, where its name does not show that. */
  readonly repeats?: RepeatedFrom;
}

export interface ContractNote {
  readonly kind: string;
  readonly text: string;
  readonly side?: 'request' | 'response';
  readonly source: Source;
}

export interface ContractSample {
  readonly side: 'request' | 'response';
  readonly file: string;
  /** From the sample's version up to the next variant of the same file, inside the operation's range. */
  readonly range: MicroversionRange;
  readonly value: Json;
  readonly source: Source;
}

/** A statement on which the text and every known implementation disagree, and its interpretation. */
export interface Erratum {
  readonly id: string;
  readonly operations: readonly OperationId[];
  /** What the text says, in our words. */
  readonly says: string;
  /** What implementations do. */
  readonly seen: string;
  /** The release or microversion since which this is so. */
  readonly since: string;
  readonly evidence: string;
  /** The interpretation. */
  readonly reading: string;
}

/** An erratum with the topics of its changes, which identify the clauses that depend on it. */
export interface AppliedErratum extends Erratum {
  readonly touches: readonly Touch[];
}

export interface Touch {
  readonly operations: readonly OperationId[];
  readonly topics: readonly Topic[];
}

/** What assembly works on, in addition to the reference: the manifest and the errata. */
import type { Discriminator } from '../contract/discriminator.ts';
import type {
  ArrayShape,
  Erratum,
  Facets,
  FaultKeys,
  Negotiation,
  ObjectShape,
  OperationId,
  Origin,
  Removal,
  RepeatedFrom,
  ScalarShape,
  UnknownQuery,
} from '../contract/model.ts';
import type { Position } from '../diagnostic.ts';
import type { MicroversionRange } from '../microversion.ts';
import type { Place, Side } from '../reference/model.ts';
import type { SameSentence } from './same-sentences.ts';

/** `service.yaml`: what the reference itself does not say about its service. */
export interface ServiceManifest {
  readonly service: string;
  readonly origin: Origin;
  readonly microversions?: Negotiation;
  readonly faults?: FaultKeys;
  /** The headers in which every response has the id of its request. */
  readonly requestIds?: readonly string[];
  /** What the endpoint has already of the paths of the reference: `/v3/{project_id}`. */
  readonly pathPrefixes?: readonly string[];
  readonly operations: readonly ManifestEntry[];
  readonly sentences?: readonly SameSentence[];
}

/** The permanent id of one operation, which file and section title identify. */
export interface ManifestEntry {
  readonly id: OperationId;
  /** The last part of the file name. */
  readonly file: string;
  readonly section: string;
  /** `GET /servers`, where the file has the title for several operations. */
  readonly call?: string;
  /** What shows that a request is for this operation, where the body's root does not. */
  readonly when?: Discriminator;
  /** Missing: wherever the service has microversions. */
  readonly range?: MicroversionRange;
  /** Of an operation that releases no longer have. */
  readonly removal?: Removal;
  /** Where the reference states range or removal in prose: `images.inc:12`. */
  readonly stated?: string;
  /** Why the reference has it no more; the id is never given again. */
  readonly retired?: string;
  /** What the suites call its path parameters, where the reference calls them otherwise. */
  readonly names?: Readonly<Record<string, string>>;
  readonly at: Position;
}

/** An entry of `errata.yaml`. */
export interface ErratumEntry extends Erratum {
  readonly changes: readonly Change[];
  readonly at: Position;
}

/** One edit of the contract. */
export type Change = ChangeOf & {
  readonly operations: readonly OperationId[];
  readonly at: Position;
};

export type ChangeOf =
  | { readonly change: 'availability'; readonly range: MicroversionRange }
  | {
      readonly change: 'member';
      readonly side: Side;
      readonly path: readonly string[];
      readonly set: ShapeEdit;
      /** Only there; at other microversions the member stays as it is. */
      readonly range?: MicroversionRange;
    }
  | {
      readonly change: 'no-member';
      readonly side: Side;
      readonly path: readonly string[];
      readonly range?: MicroversionRange;
    }
  | { readonly change: 'new-member'; readonly side: Side; readonly path: readonly string[]; readonly member: NewMember }
  | {
      readonly change: 'parameter';
      readonly in: Exclude<Place, 'body'>;
      readonly name: string;
      readonly set: ShapeEdit;
      readonly wrongValue?: 'rejected';
    }
  | {
      readonly change: 'new-parameter';
      readonly in: Exclude<Place, 'body'>;
      readonly name: string;
      readonly required: boolean;
      readonly shape: ScalarShape;
      readonly range?: MicroversionRange;
    }
  | { readonly change: 'no-parameter'; readonly in: Exclude<Place, 'body'>; readonly name: string }
  | { readonly change: 'no-body'; readonly status: number }
  /** The response with the status lacks the header. */
  | { readonly change: 'no-header'; readonly status: number; readonly name: string }
  /** In place of another code, or of the one that is assumed where the text has none. */
  | { readonly change: 'success'; readonly status: number; readonly insteadOf?: number }
  | { readonly change: 'new-error'; readonly status: number; readonly range?: MicroversionRange }
  | { readonly change: 'unknown-query'; readonly rule: UnknownQuery; readonly range?: MicroversionRange };

/** What is given replaces what was there; the rest stays. */
export interface ShapeEdit {
  readonly required?: boolean;
  readonly nullable?: boolean;
  readonly repeats?: RepeatedFrom;
  readonly facets?: Facets;
  /** Whether an object may have other keys, at every microversion. */
  readonly open?: boolean;
  /** Another form that is also allowed. */
  readonly also?: ScalarShape;
  /** Any value is accepted. */
  readonly any?: true;
}

export interface NewMember {
  readonly required: boolean;
  readonly shape: ScalarShape | ArrayShape | ObjectShape;
  readonly range?: MicroversionRange;
}

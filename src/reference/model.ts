/**
 * What an API reference says, as read: nothing corrected, nothing inferred, every piece with its position.
 *
 * The contract is made from this; see `src/contract`.
 */
import type { Diagnostic, Position } from '../diagnostic.ts';
import type { Json } from '../json.ts';
import type { Microversion, MicroversionRange } from '../microversion.ts';

/** A reference tree, whole, with everything that was wrong in it. */
export interface Reference {
  /** In the order of `index.rst` where there is one, else by file name; inside a file from top to bottom. */
  readonly operations: readonly ReferenceOperation[];
  readonly parameterFiles: readonly ParameterFile[];
  /** Every fragment that was read, also those without operations, with its prose. */
  readonly fragments: readonly Fragment[];
  readonly diagnostics: readonly Diagnostic[];
}

/** One `.inc` or `.rst` file. */
export interface Fragment {
  readonly file: string;
  /** The title of the file, or the empty string. */
  readonly title: string;
  /** Prose and notes that stand outside every operation. */
  readonly paragraphs: readonly Paragraph[];
  readonly notes: readonly Note[];
  /** Parameters of all operations, such as request ids: those of `rest_parameters` outside every operation. */
  readonly parameters: readonly ParameterUse[];
}

/** A section with a `rest_method`. Identity is file and title: method and path repeat. */
export interface ReferenceOperation {
  readonly title: string;
  readonly at: Position;
  readonly method: string;
  readonly path: string;
  /** From the `min_version` and `max_version` options of `rest_method`; either may be missing. */
  readonly minVersion?: Microversion;
  readonly maxVersion?: Microversion;
  readonly parameters: readonly ParameterUse[];
  readonly codes: readonly StatusCode[];
  readonly notes: readonly Note[];
  readonly paragraphs: readonly Paragraph[];
  readonly samples: readonly SampleUse[];
  /** Of imported facts, which have no prose: it says that a response has no body. */
  readonly bodiless?: true;
  /** Of imported facts too: it says that any field of a response may be null. */
  readonly nullable?: true;
  /** Of imported facts too: the microversions in which objects of a response lack members while something cannot be loaded. */
  readonly partial?: MicroversionRange;
}

export type Side = 'request' | 'response';

/** One `- name: reference` line of a `rest_parameters` block. */
export interface ParameterUse {
  readonly side: Side;
  /** The name as shown, dots and colons included. */
  readonly name: string;
  readonly reference: string;
  readonly at: Position;
  /** The microversions of the heading that the block stands under, where it names any (placement). */
  readonly headingRange?: MicroversionRange;
  /** Which block of the operation, counted from 0; blocks of one side are read as one list. */
  readonly block: number;
  /** Missing when the reference is defined nowhere; there is a diagnostic then. */
  readonly definition?: ParameterDefinition;
}

export type Place = 'header' | 'path' | 'query' | 'body';

/** An entry of `parameters.yaml`, scalars as text. */
export interface ParameterDefinition {
  readonly key: string;
  readonly at: Position;
  readonly description: string;
  /** Where the lines of the description begin, once its white space is folded. */
  readonly lines: readonly LineStart[];
  readonly in: Place;
  /** As written: `string`, `array`, `none`, `list` and so on. */
  readonly type: string;
  /** False when the entry does not say. */
  readonly required: boolean;
  readonly minVersion?: Microversion;
  readonly maxVersion?: Microversion;
  readonly format?: string;
  /** Of imported facts, which have no prose: the microversions in which it says that the value may be null. */
  readonly nullable?: MicroversionRange;
  /** Of imported facts too: the only values that a text may have. */
  readonly values?: readonly StatedValue[];
  /** Of imported facts too: the format of a text, `uuid` or `date-time`. */
  readonly stated?: string;
  /** Of imported facts too: its keys and values are pairs of a map. */
  readonly map?: true;
  /** Of imported facts too: it stands beside the key that contains everything else. */
  readonly topLevel?: true;
  /** Of imported facts too: when the value is there, and when it has to be. */
  readonly presence?: StatedPresence;
  /** Of imported facts too: the members of the object, or of those in the list, that the text names. */
  readonly fields?: readonly StatedField[];
  /** Of imported facts too: one of the items may stand in place of the list. */
  readonly orOne?: true;
  /** Of imported facts too: an empty text may stand in place of the object or the list. */
  readonly orEmpty?: true;
  /** Of imported facts too: how many characters a text may have. */
  readonly length?: StatedLength;
  /** Keys that the format does not know, as text. */
  readonly extra: Readonly<Record<string, string>>;
}

/** One of the values that a parameter may have, with the microversions that know it. */
export interface StatedValue {
  readonly value: string;
  readonly range: MicroversionRange;
}

/** How many characters a text may have, with the microversions in which that is so. */
export interface StatedLength {
  readonly least?: number;
  readonly greatest?: number;
  readonly range: MicroversionRange;
}

export interface StatedPresence {
  /** The microversions that know the value; all of the parameter's where there are none. */
  readonly only: readonly MicroversionRange[];
  /** Those in which it has to be there; missing where it need not be. */
  readonly required?: MicroversionRange;
  /** Those in which the object may be without members. */
  readonly empty?: MicroversionRange;
}

export interface StatedField {
  readonly name: string;
  /** Missing where the text does not say it. */
  readonly type?: string;
  /** Whether it has to be there. */
  readonly always: boolean;
  /** A word in running text: a member only where samples show it. */
  readonly ifShown?: true;
}

export interface ParameterFile {
  readonly file: string;
  readonly definitions: readonly ParameterDefinition[];
}

/** One documented status code of an operation. */
export interface StatusCode {
  readonly kind: 'success' | 'error';
  readonly status: number;
  /** The word before the number, such as `badRequest`, where there is one. */
  readonly name?: string;
  /** From status files, or from the words after the code: why it comes. */
  readonly reason?: string;
  /** The first and last microversion of the code as written; missing when it always applies. */
  readonly range?: MicroversionRange;
  readonly at: Position;
}

/** An admonition: `note`, `warning`, `important`, `versionadded` and so on, in lower case. */
export interface Note {
  readonly kind: string;
  /** Markup kept, white space folded. */
  readonly text: string;
  readonly at: Position;
  /** Where its text goes on; missing when all of it stands on the line of `at`. */
  readonly lines?: readonly LineStart[];
  /** The title above it, outside of operations; missing where that is the title of the file. */
  readonly section?: string;
  /** The side whose heading it stands under; missing before the first. */
  readonly side?: Side;
  /** The microversions of the heading that it stands under, where it names any. */
  readonly headingRange?: MicroversionRange;
}

/** Where a line of the source begins in a folded text. */
export interface LineStart {
  readonly offset: number;
  /** Counts from 1. */
  readonly line: number;
}

/** A paragraph or a list item of prose; response-code lines and captions are not prose. */
export interface Paragraph {
  /** Markup kept, white space folded, list bullet removed. */
  readonly text: string;
  readonly at: Position;
  /** As of a note. */
  readonly lines?: readonly LineStart[];
  readonly section?: string;
  readonly side?: Side;
  readonly headingRange?: MicroversionRange;
  /** The bold line that it stands below, such as `Preconditions`. */
  readonly label?: string;
  /** A literal block, a code block or a table: shown as it is, not sentences. */
  readonly literal?: true;
}

/** A `literalinclude` of a JSON sample. */
export interface SampleUse {
  readonly side: Side;
  readonly at: Position;
  /** As resolved, relative to the tree: `doc/api_samples/servers/v2.9/server-get-resp.json`. */
  readonly file: string;
  /** That of its sample; missing for the first form. */
  readonly version?: Microversion;
  /** The microversions of the heading that it stands under, where it names any. */
  readonly headingRange?: MicroversionRange;
  readonly caption?: string;
  /** Missing when the file is missing or is not JSON; there is a diagnostic then. */
  readonly sample?: Sample;
  /** The same file name in the sibling version folders, and in the unversioned one, this one excluded. */
  readonly variants: readonly Sample[];
}

export interface Sample {
  readonly file: string;
  /** The first microversion that it stands for: by folder, by file name, or by the heading above. */
  readonly version?: Microversion;
  /** The last one, where the heading above names it. */
  readonly until?: Microversion;
  /** Of a tree that keeps one form of each sample, the newest. */
  readonly newest?: true;
  readonly value: Json;
}

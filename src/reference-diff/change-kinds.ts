/**
 * The class and the description of each kind of change.
 *
 * The measure is a client that was written against the earlier reference and requests the same microversion: a change
 * is breaking if one of its requests may now be rejected, or if a response may be unexpected. A change that only
 * affects microversions that the earlier reference does not know is compatible, whatever its kind: a client has to opt
 * in.
 */
import type { ChangeRecord } from '../records/reference-diff.ts';

/** `text`: only the wording changed, or the reference became clearer; clients need no change. */
export type ChangeClass = ChangeRecord['class'];

export interface KindEntry {
  readonly class: ChangeClass;
  /** The change, followed by its place. */
  readonly words: string;
}

const breaking = (words: string): KindEntry => ({ class: 'breaking', words });
const compatible = (words: string): KindEntry => ({ class: 'compatible', words });
const text = (words: string): KindEntry => ({ class: 'text', words });

export const changeKinds = {
  'operation-added': compatible('the operation is new'),
  'operation-removed': breaking('the operation was removed'),
  'operation-renamed': text('the operation has another title'),
  'operation-moved': breaking('the operation has another method or path'),
  'operation-absent': breaking('the operation no longer exists'),
  'operation-exists': compatible('the operation exists'),
  'path-parameter-renamed': text('the parameter in the path has another name'),

  'request-field-added': compatible('the request may have'),
  'request-field-added-required': breaking('the request must have'),
  'request-field-removed': breaking('the request may no longer have'),
  'request-field-required': breaking('the request must now have'),
  'request-field-optional': compatible('the request may now leave out'),
  'request-type-wider': compatible('the request may have more types in'),
  'request-type-narrower': breaking('the request may have fewer types in'),
  'request-type-other': breaking('the request has another type in'),
  'request-closed': breaking('the request may have no undocumented fields in'),
  'request-opened': compatible('the request may have undocumented fields in'),
  'request-body-added': breaking('the request has a body'),
  'request-body-removed': breaking('the request no longer has a body'),

  'parameter-added': compatible('a parameter is new:'),
  'parameter-added-required': breaking('a required parameter is new:'),
  'parameter-removed': breaking('a parameter was removed:'),
  'parameter-required': breaking('a parameter is now required:'),
  'parameter-optional': compatible('a parameter may now be left out:'),
  'parameter-type-wider': compatible('a parameter may now be any text:'),
  'parameter-type-other': breaking('a parameter has another type:'),
  'unknown-query-rejected': breaking('unknown query parameters are rejected'),
  'unknown-query-ignored': compatible('unknown query parameters are ignored'),
  'unknown-query-undocumented': text('the handling of unknown query parameters is no longer documented'),

  'response-field-added': compatible('the response has'),
  'response-field-removed': breaking('the response lacks'),
  'response-field-optional': breaking('the response may now lack'),
  'response-field-required': compatible('the response now always has'),
  'response-type-wider': breaking('the response may have more types in'),
  'response-type-narrower': compatible('the response has fewer types in'),
  'response-type-other': breaking('the response has another type in'),
  'response-closed': compatible('the response has no undocumented fields in'),
  'response-opened': breaking('the response may have undocumented fields in'),
  'response-body-added': compatible('the response has a body'),
  'response-body-removed': breaking('the response no longer has a body'),
  'response-header-added': compatible('the response has the header'),
  'response-header-removed': breaking('the response lacks the header'),

  'success-code-added': breaking('a success may have another code:'),
  'success-code-removed': breaking('a success no longer has the code:'),
  /** OpenStack's API guidelines require a microversion here, because clients distinguish errors by their codes. */
  'error-code-added': breaking('an error may have another code:'),
  'error-code-removed': compatible('an error no longer has the code:'),

  'type-documented': text('the reference now documents the type'),
  'type-undocumented': text('the reference no longer documents the type'),
  'body-documented': text('the reference now documents the body'),
  'body-undocumented': text('the reference no longer documents the body'),
  'sentence-added': text('says'),
  'sentence-removed': text('no longer says'),
} as const satisfies Readonly<Record<string, KindEntry>>;

export type ChangeKind = keyof typeof changeKinds;

/**
 * How each kind of change is classed, and what it is called.
 *
 * The measure is a client that was written by the earlier reference and asks for the same microversion: a change is
 * breaking when a request of its may now be refused or a reply surprise it. What only happens at microversions that the
 * earlier reference does not know is compatible whatever its kind, since a client has to ask for them.
 */
/** `text`: the words differ, or the reference has become clearer, and nobody has to do anything. */
export type ChangeClass = 'breaking' | 'compatible' | 'text';

export interface KindEntry {
  readonly class: ChangeClass;
  /** What happened to the place. */
  readonly words: string;
}

const breaking = (words: string): KindEntry => ({ class: 'breaking', words });
const compatible = (words: string): KindEntry => ({ class: 'compatible', words });
const text = (words: string): KindEntry => ({ class: 'text', words });

export const changeKinds = {
  'operation-added': compatible('the operation is new'),
  'operation-removed': breaking('the operation is gone'),
  'operation-renamed': text('the operation has another title'),
  'operation-moved': breaking('the operation has another method or path'),
  'operation-absent': breaking('the operation does not exist any more'),
  'operation-exists': compatible('the operation exists'),
  'path-parameter-renamed': text('the name in the path is another one'),

  'request-field-added': compatible('the request may have'),
  'request-field-added-required': breaking('the request must have'),
  'request-field-removed': breaking('the request may not have any more'),
  'request-field-required': breaking('the request must have now'),
  'request-field-optional': compatible('the request may leave out now'),
  'request-type-wider': compatible('the request may have more types in'),
  'request-type-narrower': breaking('the request may have fewer types in'),
  'request-type-other': breaking('the request has another type in'),
  'request-closed': breaking('the request may have no undocumented fields in'),
  'request-opened': compatible('the request may have undocumented fields in'),
  'request-body-added': breaking('the request has a body'),
  'request-body-removed': breaking('the request has no body any more'),

  'parameter-added': compatible('a parameter is new:'),
  'parameter-added-required': breaking('a required parameter is new:'),
  'parameter-removed': breaking('a parameter is gone:'),
  'parameter-required': breaking('a parameter is required now:'),
  'parameter-optional': compatible('a parameter may be left out now:'),
  'parameter-type-wider': compatible('a parameter may be any text now:'),
  'parameter-type-other': breaking('a parameter has another type:'),
  'unknown-query-rejected': breaking('unknown query parameters are refused'),
  'unknown-query-ignored': compatible('unknown query parameters are ignored'),
  'unknown-query-undocumented': text('nothing says any more what becomes of unknown query parameters'),

  'reply-field-added': compatible('the reply has'),
  'reply-field-removed': breaking('the reply lacks'),
  'reply-field-optional': breaking('the reply may lack now'),
  'reply-field-required': compatible('the reply always has now'),
  'reply-type-wider': breaking('the reply may have more types in'),
  'reply-type-narrower': compatible('the reply has fewer types in'),
  'reply-type-other': breaking('the reply has another type in'),
  'reply-closed': compatible('the reply has no undocumented fields in'),
  'reply-opened': breaking('the reply may have undocumented fields in'),
  'reply-body-added': compatible('the reply has a body'),
  'reply-body-removed': breaking('the reply has no body any more'),
  'reply-header-added': compatible('the reply has the header'),
  'reply-header-removed': breaking('the reply lacks the header'),

  'success-code-added': breaking('a success may have another code:'),
  'success-code-removed': breaking('no success has the code any more:'),
  /** The guidelines of OpenStack ask for a microversion here, because clients tell errors apart by their codes. */
  'error-code-added': breaking('a refusal may have another code:'),
  'error-code-removed': compatible('no refusal has the code any more:'),

  'type-told': text('the reference tells the type now'),
  'type-untold': text('the reference does not tell the type any more'),
  'body-told': text('the reference tells the body now'),
  'body-untold': text('the reference does not tell the body any more'),
  'sentence-added': text('says'),
  'sentence-removed': text('does not say any more'),
} as const satisfies Readonly<Record<string, KindEntry>>;

export type ChangeKind = keyof typeof changeKinds;

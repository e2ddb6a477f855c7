/** The directives that an API reference uses, by what the reader makes of them. */

export const ADMONITIONS: readonly string[] = [
  'admonition',
  'attention',
  'caution',
  'danger',
  'deprecated',
  'error',
  'hint',
  'important',
  'note',
  'seealso',
  'tip',
  'todo',
  'versionadded',
  'versionchanged',
  'versionremoved',
  'warning',
];

/** Shown as they are: kept, but not as sentences. */
export const LITERALS: readonly string[] = [
  'code',
  'code-block',
  'csv-table',
  'list-table',
  'math',
  'parsed-literal',
  'sourcecode',
  'table',
];

/** Those whose content is a list of `- name: value` lines. */
export const LISTS: readonly string[] = ['rest_parameters', 'rest_status_code'];

/** Those whose argument is a file; it may stand on the line below. */
export const FILE_DIRECTIVES: readonly string[] = ['include', 'literalinclude', 'rest_parameters', 'rest_status_code'];

/** About the page, not about the API. */
const LAYOUT: readonly string[] = [
  'class',
  'contents',
  'default-role',
  'figure',
  'highlight',
  'image',
  'index',
  'meta',
  'raw',
  'rest_expand_all',
  'role',
  'toctree',
];

export const DIRECTIVES: readonly string[] = [
  'include',
  'literalinclude',
  'rest_method',
  ...LISTS,
  ...ADMONITIONS,
  ...LITERALS,
  ...LAYOUT,
];

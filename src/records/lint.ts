/** Mistakes in a reference, as `reference lint --json` prints them, and the codes of `--codes --json`. */
import type { Of } from './declaration.ts';
import { count, list, note, object, oneOf, text } from './declare.ts';
import { diagnostic } from './diagnostic.ts';

export const lint = object({
  diagnostics: note('By file, line and column.', list(diagnostic)),
  operations: count,
  definitions: note('Definitions of parameters.', count),
});
export interface LintReport extends Of<typeof lint> {}

const lintCodeSchema = object({
  code: text,
  about: oneOf('file', 'text', 'operation', 'parameter', 'definition', 'code', 'sample', 'yaml'),
  sentence: text,
});
export interface LintCode extends Of<typeof lintCodeSchema> {}
export const lintCodes = list(lintCodeSchema);

/** A positioned message about an input file, as several commands print it. */
import type { Diagnostic } from '../diagnostic.ts';
import { define, note, object, oneOf, ordinal, text } from './declare.ts';

export const diagnostic = define<Diagnostic>(
  'diagnostic',
  object({
    severity: oneOf('error', 'warning', 'info'),
    code: note('Words joined by hyphens, such as undefined-parameter.', text),
    at: object({ file: text, line: ordinal, column: ordinal }),
    message: note('What is wrong, one sentence without a full stop.', text),
    expected: note('What would have been right there, or how to fix it.', text),
  }),
);

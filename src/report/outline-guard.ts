/**
 * Checks that a value read from a journal has the form of an outline.
 */
import { list, number, oneOf, optional, shape, text } from './guards.ts';
import type {
  Outline,
  OutlineCode,
  OutlineOperation,
  OutlineParameter,
  OutlineSample,
  OutlineSection,
  OutlineSentence,
} from './outline.ts';

const answered = { by: list(text), unselected: optional(number), untested: optional(text) } as const;

const sentence = shape<OutlineSentence>({
  ...answered,
  kind: oneOf('prose', 'note', 'parameter'),
  text,
  line: number,
});

const code = shape<OutlineCode>({
  ...answered,
  status: number,
  of: oneOf('success', 'error'),
  range: text,
  line: number,
});

const parameter = shape<OutlineParameter>({
  ...answered,
  side: oneOf('request', 'response'),
  place: oneOf('path', 'query', 'header', 'body'),
  name: text,
  type: text,
  required: oneOf('always', 'sometimes', 'never'),
  range: text,
  line: number,
  sentences: list(sentence),
});

const operation = shape<OutlineOperation>({
  id: text,
  title: text,
  method: text,
  path: text,
  source: shape<OutlineOperation['source']>({ file: text, section: text, line: number }),
  range: text,
  revisions: list(text),
  sentences: list(sentence),
  codes: list(code),
  parameters: list(parameter),
  samples: list(shape<OutlineSample>({ ...answered, file: text, line: number })),
});

export const isOutline = shape<Outline>({
  common: list(shape<OutlineSection>({ title: text, file: text, sentences: list(sentence) })),
  operations: list(operation),
});

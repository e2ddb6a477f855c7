/**
 * The sentences by which texts say that a value may be null, and from when to when.
 */
import type { MicroversionRange } from '../microversion.ts';
import type { ParameterDefinition, ParameterUse, ReferenceOperation } from '../reference/model.ts';
import { splitSentences } from '../reference/split-sentences.ts';
import { documentedType } from './documented-type.ts';
import { statedRange, unlimited } from './stated-range.ts';
import { around } from './span-of.ts';

/** The word, also inside of a literal such as `"zone":null`; Python's word for it only as a literal. */
const NULL = /\bnull\b|`None`/i;
/** Null is refused, or it was taken once by another API. */
const REFUSED =
  /\b(?:cannot|can't|not|never|non)(?:\s+to)?(?:\s+be)?(?:\s+[\w-]+){0,2}[\s-]+`*(?:null|none)\b|\bnull`*(?:\s+values?)?\s+(?:is|are|was|were)\s+(?:not|never|no longer)\b|\blegacy\b|\bno longer allowed\b/i;
/** Of a map or a list: its values, not itself. */
const OF_VALUES = /\b(?:keys?|entry|entries|items?|elements?|(?:its|each|every) value|values)\b/i;
/** Said of all fields of a body at once. */
const OF_ALL =
  /\b(?:field|member|attribute|value)s?\b.*\b(?:reported|returned|shown|given|set)\s+(?:as|to)\s+`*(?:null|none)\b/i;

/** Undefined where nothing says it; imported facts, which have no prose, have it in a word. */
export function statedNull(
  { definition, side }: ParameterUse,
  operation: ReferenceOperation,
): MicroversionRange | undefined {
  if (definition?.nullable) return definition.nullable;
  if (side === 'response' && statesNullOfAll(operation)) return unlimited;
  return definition && nullOf(definition);
}

/** What the text of the parameter itself says. */
export function nullOf({ type, description }: ParameterDefinition): MicroversionRange | undefined {
  const isHolder = ['object', 'array'].includes(documentedType(type));
  const [first, ...rest] = splitSentences(description.replace(/\s+/g, ' '))
    .filter(({ text }) => saysNull(text) && !(isHolder && OF_VALUES.test(text)))
    .map(({ text }) => statedRange(text));
  return first && rest.reduce(around, first);
}

/** Whether the text says of every field of the response that it may be null. */
export function statesNullOfAll({ paragraphs, nullable }: ReferenceOperation): boolean {
  if (nullable) return true;
  return paragraphs
    .filter(({ side, literal }) => side === 'response' && !literal)
    .flatMap((paragraph) => splitSentences(paragraph.text))
    .some(({ text }) => OF_ALL.test(text) && saysNull(text));
}

function saysNull(text: string): boolean {
  return NULL.test(text) && !REFUSED.test(text);
}

/**
 * How many characters the text of a parameter allows: `Limited to 255 characters in length`. Bytes are a limit of
 * characters too: a text has no fewer bytes.
 */
import type { ParameterDefinition, StatedLength } from '../reference/model.ts';
import { splitSentences } from '../reference/split-sentences.ts';
import { statedRange } from './stated-range.ts';

const UNIT = String.raw`\s*-?(?:unicode\s+|ASCII\s+|UTF-8\s+)?(?:characters?|chars?|bytes)\b`;
const SPAN = new RegExp(String.raw`\b(?:between\s+)?(\d+)\s*(?:-|–|to|and)\s*(\d+)${UNIT}`, 'i');
const LEAST = [/\bminimum\s+length\s+(?:is|of|:)\s*(\d+)\b/i, new RegExp(String.raw`\bat\s+least\s+(\d+)${UNIT}`, 'i')];
const GREATEST = [
  new RegExp(
    String.raw`\b(?:(?:limited|restricted)\s+to(?:\s+a\s+maximum\s+of)?|up\s+to|at\s+most|no(?:t)?\s+(?:more|longer)\s+than|(?:must|can)\s*not\s+exceed)\s+(\d+)${UNIT}`,
    'i',
  ),
  new RegExp(String.raw`\bmaximum\s+(?:length\s+)?(?:is|of)\s+(\d+)${UNIT}`, 'i'),
  /\bmaximum\s+length\s+(?:is|of|:)\s*(\d+)\b/i,
];
/** A line of a list is about one of several forms. */
const BULLET = /\n\s*[-*+]\s/;
/** What is counted then is not the value. */
const OTHERS = /\b(?:each|every|per|keys?|pairs?|tags?|items?|path|decoded|total|list|prefix|suffix)\b/i;

export function statedLength({ description, length }: ParameterDefinition): StatedLength | undefined {
  if (length) return length;
  const [prose = ''] = description.split(BULLET);
  const sentences = splitSentences(prose.replace(/\s+/g, ' ')).map(({ text }) => text);
  return sentences.map(lengthIn).find((found) => found !== undefined);
}

function lengthIn(sentence: string): StatedLength | undefined {
  if (OTHERS.test(sentence)) return undefined;
  const [, from, to] = SPAN.exec(sentence) ?? [];
  const least = from ?? numberAfter(LEAST, sentence);
  const greatest = to ?? numberAfter(GREATEST, sentence);
  if (least === undefined && greatest === undefined) return undefined;
  return {
    ...(least !== undefined && { least: Number(least) }),
    ...(greatest !== undefined && { greatest: Number(greatest) }),
    range: statedRange(sentence),
  };
}

function numberAfter(forms: readonly RegExp[], sentence: string): string | undefined {
  return forms.map((form) => form.exec(sentence)?.[1]).find((found) => found !== undefined);
}

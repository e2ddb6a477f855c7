/**
 * What texts state about the presence of a value: the microversions that know it, those in which it has to be there, and
 * those in which it may be an object without members.
 */
import { microversion, type MicroversionRange } from '../microversion.ts';
import type { ParameterDefinition, ReferenceOperation, StatedPresence } from '../reference/model.ts';
import { splitSentences } from '../reference/split-sentences.ts';
import { isUnlimited, statedRange, unlimited } from './stated-range.ts';

const X_Y = String.raw`v?(\d+\.\d+)`;
/** `accepted in version 2.32 and subsequently starting with version 2.42`, also `between 2.32 and 2.36 inclusively`. */
const WITH_A_GAP = new RegExp(
  String.raw`\b(?:accepted|supported|allowed|available)\s+(?:in\s+(?:micro)?version\s+${X_Y}|between\s+(?:(?:micro)?versions?\s+)?${X_Y}\s+and\s+${X_Y}(?:\s+inclusive(?:ly)?)?),?\s+and\s+(?:subsequently|again)\s+(?:starting\s+with|from|since)\s+(?:micro)?version\s+${X_Y}`,
  'i',
);
const REQUIRED =
  /\b(?:this|the|it)\s+(?:(?:field|parameter|attribute|member|key|value)\s+)?is\s+(?:also\s+)?required\b/i;
/** A policy decides who sees it. */
const RESTRICTED =
  /\bpolicy\s+defaults\s+enable\s+only\s+(?:users|callers|those)\b.*\bto\s+(?:see|view)\s+(?:an?|the|this)\b/i;
const EMPTY = /\b(?:can|may|might)\s+be\s+an\s+empty\s+(?:object|dict(?:ionary)?)\b/i;
/** The sentence goes on with what the one before it is about. */
const GOES_ON = /^(?:This|It|These|They)\b/;

export function statedPresence(definition: ParameterDefinition): StatedPresence {
  if (definition.presence) return definition.presence;
  const sentences = splitSentences(definition.description.replace(/\s+/g, ' ')).map(({ text }) => text);
  const required = definition.required ? requiredIn(sentences) : undefined;
  const empty = rangeOf(EMPTY, sentences);
  return { only: sentences.flatMap(rangesWithAGap), ...(required && { required }), ...(empty && { empty }) };
}

function rangesWithAGap(sentence: string): readonly MicroversionRange[] {
  const [, own, first, last, again] = WITH_A_GAP.exec(sentence) ?? [];
  const start = own ?? first;
  const end = own ?? last;
  if (start === undefined || end === undefined || again === undefined) return [];
  return [
    { first: microversion(start), last: microversion(end) },
    { first: microversion(again), last: undefined },
  ];
}

/** Undefined where it need not be there. */
function requiredIn(sentences: readonly string[]): MicroversionRange | undefined {
  if (sentences.some((text) => RESTRICTED.test(text))) return undefined;
  const limited = sentences.filter((text) => REQUIRED.test(text)).map(statedRange);
  return limited.find((range) => !isUnlimited(range)) ?? unlimited;
}

function rangeOf(form: RegExp, sentences: readonly string[]): MicroversionRange | undefined {
  const index = sentences.findIndex((text) => form.test(text));
  const sentence = sentences[index];
  if (sentence === undefined) return undefined;
  const own = statedRange(sentence);
  const before = sentences[index - 1];
  return isUnlimited(own) && before !== undefined && GOES_ON.test(sentence) ? statedRange(before) : own;
}

/** A version in the text of a service without microversions says since when; what applies to the newest applies always. */
export function newestPresence({ required, empty }: StatedPresence): StatedPresence {
  return {
    only: [],
    ...(required && !required.last && { required: unlimited }),
    ...(empty && !empty.last && { empty: unlimited }),
  };
}

const PARTIAL =
  /\b(?:response|reply|body|entries|items|objects|constructs?)\b.*\bwill\s+be\s+missing\s+(?:some\s+)?(?:keys|fields|members|attributes)\b/i;

/** The microversions in which a note says that objects of the response lack members while something cannot be loaded. */
export function statedPartial({ notes, partial }: ReferenceOperation): MicroversionRange | undefined {
  if (partial) return partial;
  const said = notes
    .flatMap(({ text }) => splitSentences(text.replace(/\s+/g, ' ')))
    .find(({ text }) => PARTIAL.test(text));
  return said && statedRange(said.text);
}

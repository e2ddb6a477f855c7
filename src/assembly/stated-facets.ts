/**
 * The values and formats that the text of a parameter states, for requests: a response may have others as well.
 */
import type { Facets } from '../contract/model.ts';
import { includes, intersect, type Microversion, type MicroversionRange } from '../microversion.ts';
import type { ParameterDefinition, ParameterUse, StatedValue } from '../reference/model.ts';
import { splitSentences } from '../reference/split-sentences.ts';
import { documentedType } from './documented-type.ts';
import { ends } from './shown-kinds.ts';
import { statedLength } from './stated-length.ts';
import { statedRange, unlimited } from './stated-range.ts';

/** Of a query, whose times may lack the offset, the format is left out. */
export interface StatedFacets {
  /** Where something of them begins, or has just ended. */
  readonly cuts: readonly Microversion[];
  readonly at: (version: Microversion) => Facets | undefined;
}

/** `shown` are the texts of samples: where one of them has another format, the text does not mean it. */
export function statedFacets({ definition, side }: ParameterUse, shown: ReadonlySet<string>): StatedFacets {
  const isText =
    definition !== undefined &&
    side === 'request' &&
    (definition.in === 'body' || definition.in === 'query') &&
    documentedType(definition.type) === 'string';
  const values = isText ? statedValues(definition) : [];
  const stated = isText && definition.in === 'body' ? statedFormat(definition) : undefined;
  const format = [...shown].every((text) => isOf(stated, text)) ? stated : undefined;
  const length = isText ? statedLength(definition) : undefined;
  return {
    cuts: [...values.map(({ range }) => range), ...(length ? [length.range] : [])].flatMap(ends),
    at: (version) => {
      const valid = values.filter(({ range }) => includes(range, version)).map(({ value }) => value);
      if (valid.length > 0) return { enum: valid };
      const limits = length && includes(length.range, version) ? length : undefined;
      if (format === undefined && !limits) return undefined;
      return {
        ...(format !== undefined && { format }),
        ...(limits?.least !== undefined && { minLength: limits.least }),
        ...(limits?.greatest !== undefined && { maxLength: limits.greatest }),
      };
    },
  };
}

/** As far as the spelling shows. */
function isOf(format: string | undefined, text: string): boolean {
  return format !== 'uuid' || /^[\da-f]{8}(?:-?[\da-f]{4}){3}-?[\da-f]{12}$/i.test(text);
}

const LITERAL = String.raw`\`\`?([^\s\`]+)\`\`?`;
const ASIDE = String.raw`(?:\s*\([^()]*\))?`;
/** What comes before a list of values: `Valid values are`, `either`, `One of`. */
const OPENING = String.raw`(?:\b(?:valid|allowed|possible|supported|permitted|acceptable)\s+(?:[\w-]+\s+){0,2}?(?:values?|names?|options?|choices?|types?)(?:\s+(?:is|are)|\s*:)(?:\s+(?:either|one\s+of))?|\bvalue\s+(?:is|can\s+be|must\s+be|should\s+be)\s+(?:either|one\s+of)|\b(?:are|is)\s+limited\s+to|\b(?:one\s+of|either))\s*:?\s*`;
const INLINE = new RegExp(
  String.raw`${OPENING}(${LITERAL}${ASIDE}(?:(?:\s*,\s*(?:or\s+|and\s+)?|\s+or\s+|\s+and\s+)${LITERAL}${ASIDE})+)(?=\s*(?:[.;]|$))`,
  'i',
);
const AFTERWARDS = new RegExp(
  String.raw`(?:^|,\s)(${LITERAL}(?:(?:\s*,\s*(?:or\s+|and\s+)?|\s+or\s+|\s+and\s+)${LITERAL})+)\s+are\s+(?:the\s+)?(?:valid|allowed|possible|supported)\b`,
  'i',
);
const ONLY = new RegExp(
  String.raw`(?:\bonly\s+|^a\s+)(?:valid|allowed|possible|supported)\s+value\s+is\s+${LITERAL}\s*(?:[.;]|$)`,
  'i',
);
const LISTED = new RegExp(String.raw`${OPENING}$`, 'i');
const BULLET = new RegExp(String.raw`^[-*+]\s+${LITERAL}`);
const EXAMPLE = /\b(?:examples?|e\.g|such as|for instance)\b/i;

/** The values of which the text says that there are no others, each with its microversions; none where it says nothing. */
export function statedValues({ description, values }: ParameterDefinition): readonly StatedValue[] {
  if (values) return values;
  const sentences = splitSentences(description.replace(/\s+/g, ' ')).map(({ text }) => text);
  const inline = sentences
    .filter((text) => !EXAMPLE.test(text))
    .map(valuesInside)
    .find((found) => found.length > 0);
  const found = inline ?? listedValues(description);
  return found.map(({ value, range }) => ({ value, range: sentences.map(rangeOf(value)).reduce(narrower, range) }));
}

function valuesInside(sentence: string): readonly StatedValue[] {
  const [, list = ''] = INLINE.exec(sentence) ?? AFTERWARDS.exec(sentence) ?? [];
  const [, only] = ONLY.exec(sentence) ?? [];
  if (only !== undefined) return [{ value: only, range: unlimited }];
  return [...list.matchAll(new RegExp(`${LITERAL}(${ASIDE})`, 'g'))].flatMap(([, value = '', aside = '']) => {
    return /^v?\d+\.\d+$/.test(value) ? [] : [{ value, range: statedRange(aside) }];
  });
}

/** Bulleted lines below an opening; each bullet begins with its value. */
function listedValues(description: string): readonly StatedValue[] {
  const blocks = description.split(/\n\s*(?=[-*+]\s)/);
  const opening = blocks.findIndex((block) => LISTED.test(block.trimEnd()) && !EXAMPLE.test(lastSentence(block)));
  if (opening < 0) return [];
  const bullets = blocks.slice(opening + 1).map((block) => block.trim());
  const values = bullets.map((bullet) => BULLET.exec(bullet)?.[1]);
  if (values.some((value) => value === undefined)) return [];
  return values.map((value = '', index) => ({ value, range: statedRange(ownText(bullets[index] ?? '')) }));
}

/** What follows the last bullet after an empty line is not part of it. */
function ownText(bullet: string): string {
  return (bullet.split(/\n\s*\n/)[0] ?? '').replace(/\s+/g, ' ');
}

function lastSentence(text: string): string {
  return splitSentences(text.replace(/\s+/g, ' ')).at(-1)?.text ?? '';
}

/** `The type webmks was added in microversion 2.8`, also as a part of a sentence. */
function rangeOf(value: string): (sentence: string) => MicroversionRange {
  const named = new RegExp(
    String.raw`\bthe\s+[\w-]+\s+\`+${escaped(value)}\`+\s+((?:is|was|has\s+been)\s(?:(?!\band\s+the\b).)*)`,
    'i',
  );
  return (sentence) => statedRange(named.exec(sentence)?.[1] ?? '');
}

function narrower(a: MicroversionRange, b: MicroversionRange): MicroversionRange {
  return intersect(a, b) ?? a;
}

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

const UUID = /^(?:(?:The|A|An)\s+)?(?:[\w-]+\s+){0,2}UUID(?:\s+(?:of|for)\b[^.]*)?(?:\.|$)|\bas an? UUID(?:\.|$)/i;
const OTHERWISE = /\b(?:or|name|URL|either|null)\b/i;
const TIME = /\b(?:date and time|date-time|time ?stamp)\b/i;
const WITH_OFFSET = /ss(?:±|\+|-)hh:?mm|\bRFC ?3339\b/i;

/** The format of the value, where the text states one. */
export function statedFormat({ description, stated }: ParameterDefinition): string | undefined {
  if (stated !== undefined) return stated;
  const [first = ''] = splitSentences(description.replace(/\s+/g, ' ')).map(({ text }) => text);
  if (UUID.test(first) && !OTHERWISE.test(first)) return 'uuid';
  return TIME.test(description) && WITH_OFFSET.test(description) ? 'date-time' : undefined;
}

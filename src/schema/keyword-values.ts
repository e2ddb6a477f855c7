/**
 * Values on both sides of each keyword that limits a member: the last that fit, and the first that do not.
 *
 * A value outside breaks its keyword alone, so that nothing else can be why it is refused.
 */
import type { Facets, Operation, ScalarShape, Shape } from '../contract/model.ts';
import type { Json } from '../json.ts';
import { edgeTexts } from './pattern-texts.ts';
import { shapeSchema, sideContext } from './shape-schema.ts';
import { firstError } from './validators.ts';

export type Keyword = keyof Facets;

/** The values that a keyword lets pass and stops, at its limit. */
export interface KeywordValues {
  readonly keyword: Keyword;
  readonly inside: readonly Json[];
  readonly outside: readonly Json[];
  /** Whether a value stands for the last one inside: of UUIDs any one in the same spelling. */
  readonly isLast: (value: Json) => boolean;
  /** Whether a value breaks this keyword and nothing else. */
  readonly isBrokenBy: (value: Json) => boolean;
}

/** Words of a list that are tried at most. */
const mostWords = 40;
/** At most so many of every other kind, on each side. */
const most = 20;

/** By the text of the shape: few shapes have keywords, and most revisions and members share them. */
const found = new Map<string, readonly KeywordValues[]>();

/** One entry for each keyword of the shape, in a fixed order; of a choice, of each option. */
export function keywordValues(operation: Operation, shape: Shape): readonly KeywordValues[] {
  if (scalarsOf(shape).every(({ scalar }) => keywordsOf(scalar).length === 0)) return [];
  // Which values fit depends on the shape alone; the operation only names the clauses in the schema.
  const key = JSON.stringify(shape);
  const known = found.get(key);
  if (known) return known;
  const values = findValues(operation, shape);
  found.set(key, values);
  return values;
}

function findValues(operation: Operation, shape: Shape): readonly KeywordValues[] {
  return scalarsOf(shape).flatMap(({ scalar, replaced }) =>
    keywordsOf(scalar).map((keyword) => {
      const limited = fitter(operation, shape);
      const unlimited = fitter(operation, replaced(without(scalar, keyword)));
      const isBrokenBy = (value: Json): boolean => !limited(value) && unlimited(value);
      const { inside, outside } = candidates(scalar, keyword);
      const fit = distinct(inside).filter((value) => limited(value));
      const unfit = distinct(outside).filter(isBrokenBy);
      const [kept, stopped] =
        keyword === 'enum' ? [spread(fit, mostWords), spread(unfit, most)] : [fit.slice(0, most), unfit.slice(0, most)];
      const isLast = (value: Json): boolean => isAlike(value, kept.at(-1));
      return { keyword, inside: kept, outside: stopped, isLast, isBrokenBy };
    }),
  );
}

const order: readonly Keyword[] = ['enum', 'format', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum'];

function keywordsOf({ facets = {} }: ScalarShape): readonly Keyword[] {
  return order.filter((keyword) => facets[keyword] !== undefined);
}

interface PlacedScalar {
  readonly scalar: ScalarShape;
  /** The whole shape with another scalar in this one's place. */
  readonly replaced: (other: ScalarShape) => Shape;
}

function scalarsOf(shape: Shape): readonly PlacedScalar[] {
  switch (shape.type) {
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
      return [{ scalar: shape, replaced: (other) => other }];
    case 'choice':
      return shape.options.flatMap((option, index) =>
        scalarsOf(option).map(({ scalar, replaced }) => ({
          scalar,
          replaced: (other: ScalarShape): Shape => {
            const [first, ...rest] = shape.options.map((one, at) => (at === index ? replaced(other) : one));
            return first ? { type: 'choice', options: [first, ...rest] } : shape;
          },
        })),
      );
    case 'object':
    case 'array':
    case 'null':
    case 'any':
      return [];
  }
}

function without({ facets = {}, ...shape }: ScalarShape, keyword: Keyword): ScalarShape {
  return { ...shape, facets: Object.fromEntries(Object.entries(facets).filter(([name]) => name !== keyword)) };
}

function fitter(operation: Operation, shape: Shape): (value: Json) => boolean {
  const schema = shapeSchema(shape, [], sideContext(operation, 'request'));
  return (value) => firstError(schema, value) === undefined;
}

interface Candidates {
  readonly inside: readonly Json[];
  readonly outside: readonly Json[];
}

function candidates({ type, facets = {} }: ScalarShape, keyword: Keyword): Candidates {
  const { minLength = 0, maxLength = 0, minimum = 0, maximum = 0 } = facets;
  const step = type === 'number' ? 0.5 : 1;
  switch (keyword) {
    case 'enum':
      return { inside: facets.enum ?? [], outside: (facets.enum ?? []).flatMap(besides) };
    case 'format':
      return formats[facets.format ?? ''] ?? { inside: [], outside: [] };
    case 'pattern':
      return edgeTexts(facets.pattern ?? '');
    case 'minLength':
      return { inside: textsOf(minLength, facets), outside: textsOf(minLength - 1, facets) };
    case 'maxLength':
      return { inside: textsOf(maxLength, facets), outside: textsOf(maxLength + 1, facets) };
    case 'minimum':
      return { inside: [minimum], outside: [minimum - step] };
    case 'maximum':
      return { inside: [maximum], outside: [maximum + step] };
  }
}

/** What a word of a list may be taken for. */
function besides(word: Json): readonly Json[] {
  if (typeof word === 'number') return [word + 1, String(word)];
  if (typeof word !== 'string') return [];
  const swapped = [...word].map((letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
  return [`${word}x`, word.slice(0, -1), swapped.join(''), ` ${word}`];
}

/** A text of a length that matches the pattern, of plain letters where it may be. */
function textsOf(length: number, { pattern }: Facets): readonly string[] {
  if (length < 0) return [];
  const letters = 'a'.repeat(length);
  if (pattern === undefined || new RegExp(pattern, 'u').test(letters)) return [letters];
  const padded = edgeTexts(pattern).inside.map((text) => text.padEnd(length, text.at(-1)));
  return padded.filter((text) => text.length === length && new RegExp(pattern, 'u').test(text)).slice(0, 1);
}

const uuid = '0e2f1c9a-5b7d-4f3e-8a6c-1d9b3f5e7a20';

/** By the names of JSON Schema. A UUID may be spelt in several ways in a request; its digits are what counts. */
const formats: Readonly<Record<string, Candidates>> = {
  uuid: {
    inside: [uuid, uuid.toUpperCase()],
    outside: ['', uuid.slice(0, -1), `${uuid}0`, `${uuid.slice(0, -1)}g`, ` ${uuid}`],
  },
};

function isAlike(value: Json, other: Json | undefined): boolean {
  if (!isUuid(value) || !isUuid(other)) return JSON.stringify(value) === JSON.stringify(other);
  return (value === value.toUpperCase()) === (other === other.toUpperCase());
}

function isUuid(value: Json | undefined): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}

function distinct(values: readonly Json[]): readonly Json[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** Of a long list some that are spread over it. */
function spread(values: readonly Json[], count: number): readonly Json[] {
  if (values.length <= count) return values;
  return Array.from({ length: count }, (_, at) => values[Math.floor((at * values.length) / count)] as Json);
}

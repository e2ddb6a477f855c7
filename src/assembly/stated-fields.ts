/**
 * The members of an object, or of the objects in a list, that the text of their container names. Where the parameter
 * list has none of them, they are as good as listed.
 */
import type { ParameterDefinition, StatedField } from '../reference/model.ts';
import { documentedType } from './documented-type.ts';

const LITERAL = String.raw`\`\`([A-Za-z_][\w:-]*)\`\``;
/** `Following fields are presented in each dictionary:`, with a line for each. */
const LISTED = /\b(?:fields|keys|members|attributes)\b[^.:]*\b(?:dictionary|object|item|entry|one)\s*:\s*$/i;
const BULLET = new RegExp(String.raw`^[-*+]\s+${LITERAL}`);
/** The word in brackets at the end of a line: `(Integer)`. */
const TYPE = /\(([A-Za-z]+)\)\s*$/;
/** `each including keys href and rel`, as literals. */
const IN_EACH = new RegExp(
  String.raw`\beach\s+(?:of\s+them\s+)?(?:including|having|with|will\s+have|has|contains?)\s+(?:the\s+|an?\s+)?(?:(?:keys?|fields?|members?|attributes?)\s+)?(${LITERAL}(?:(?:\s*,\s*|\s+and\s+)${LITERAL})*)`,
  'i',
);
const ALWAYS = /\bincluding\b|\bcontain(?:s|ing)\b|\bconsist(?:s|ing)\s+of\b/i;
/** What follows are some of several. */
const EXAMPLES = /\b(?:like|such as|e\.g|for example|for instance|etc)\b/i;
const MAP = /\bkeys?(?:[- ]and[- ]|[-/ ])values?[- ]pairs?\b/i;

export function statedFields(definition: ParameterDefinition): readonly StatedField[] {
  const { fields, type, description } = definition;
  if (fields) return fields;
  if (!['object', 'array'].includes(documentedType(type)) || MAP.test(description)) return [];
  const certain = [...listedFields(description), ...fieldsInEach(description.replace(/\s+/g, ' '))];
  if (certain.length > 0) return certain;
  if (EXAMPLES.test(description)) return [];
  const always = ALWAYS.test(description);
  return namesIn(description).map((name) => ({ name, always, ifShown: true as const }));
}

function listedFields(description: string): readonly StatedField[] {
  const [opening = '', ...bullets] = description.split(/\n\s*(?=[-*+]\s)/).map((block) => block.trim());
  if (!LISTED.test(opening)) return [];
  const fields = bullets.map((bullet) => {
    const line = bullet.replace(/\s+/g, ' ');
    const [, name] = BULLET.exec(line) ?? [];
    const [, type = ''] = TYPE.exec(line) ?? [];
    return name === undefined ? [] : [{ name, always: true, ...typed(type) }];
  });
  return fields.every((found) => found.length > 0) ? fields.flat() : [];
}

function typed(type: string): Pick<StatedField, 'type'> {
  return documentedType(type) === 'unknown' ? {} : { type: documentedType(type) };
}

function fieldsInEach(text: string): readonly StatedField[] {
  const [, list = ''] = IN_EACH.exec(text) ?? [];
  return [...list.matchAll(new RegExp(LITERAL, 'g'))].map(([, name = '']) => ({ name, always: true }));
}

/** Words that may be names: they count where a sample shows nothing else. */
function namesIn(description: string): readonly string[] {
  const words = description.match(/[A-Za-z_][\w:-]*/g) ?? [];
  const names = words.map((word) => (/^UUID$|^ID$/.test(word) ? 'id' : word.replace(/[:-]+$/, '')));
  return [...new Set(names)];
}

/**
 * The fields of a container, of whose objects samples show these keys; names in running text count where all keys of one
 * of the objects are named. Those of another microversion may have more.
 */
export function fieldsAmong(
  fields: readonly StatedField[],
  objects: readonly ReadonlySet<string>[],
): readonly StatedField[] {
  const certain = fields.filter(({ ifShown }) => !ifShown);
  const named = fields.filter(({ name, ifShown }) => ifShown && objects.some((keys) => keys.has(name)));
  const names = new Set(named.map(({ name }) => name));
  const isNamed = objects.some((keys) => keys.size > 0 && [...keys].every((key) => names.has(key)));
  return [...certain, ...(isNamed ? named : [])];
}

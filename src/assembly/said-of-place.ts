/**
 * What the prose of a definition says about its place in the body and what it may contain; imported facts, which have no
 * prose, say it in a word.
 */
import type { ParameterDefinition, ParameterUse } from '../reference/model.ts';
import { documentedType } from './documented-type.ts';

const MAP = /\bkeys?(?:[- ]and[- ]|[-/ ])values?[- ]pairs?\b/i;
const TOP_LEVEL = /\btop[- ]level key in the (?:request|response) body\b/i;

/** An object of key and value pairs: the names that follow it in a list do not stand in it. */
export function saysMap({ definition }: ParameterUse): boolean {
  if (!definition || documentedType(definition.type) !== 'object') return false;
  return definition.map ?? MAP.test(definition.description);
}

/** A key beside the one under which everything else stands. */
export function saysTopLevel({ definition }: ParameterUse): boolean {
  return definition?.topLevel ?? TOP_LEVEL.test(definition?.description ?? '');
}

const OR_ONE = /^(?:A|The) (?:list|array) of [\w -]+? or an? [\w -]*?(?:\b(?:UUID|ID|name)\b|\(string\))/i;

/** As of the hints of the scheduler, whose value is several ids or one: a text may stand in place of the list. */
export function saysOrOne({ type, description, orOne }: ParameterDefinition): boolean {
  return documentedType(type) === 'array' && (orOne ?? OR_ONE.test(description.trim().replace(/\s+/g, ' ')));
}

const OR_EMPTY = /\b(?:is|be|as|returns?|contains|shows)\s+an\s+empty\s+string\b/i;

/** `The object will be an empty string when ...`: where there is nothing to show, a text without characters stands for it. */
export function saysOrEmpty({ type, description, orEmpty }: ParameterDefinition): boolean {
  return ['object', 'array'].includes(documentedType(type)) && (orEmpty ?? OR_EMPTY.test(description));
}

/**
 * Recognises the sentences by which references say that a response has no body.
 */
import type { Position } from '../diagnostic.ts';
import type { ReferenceOperation } from '../reference/model.ts';

const forms: readonly RegExp[] = [
  /\bno (?:response )?(?:body|content)\b/i,
  /\b(?:does|do|will) not (?:return|have|contain|include) (?:any |a )?(?:content|response body|body)\b/i,
  /\bwithout (?:a |any )?(?:body|content)\b/i,
  /\b(?:body|response) is (?:always )?empty\b/i,
  /\bempty (?:response )?body\b/i,
  /\breturns? (?:no|nothing)\b/i,
];

export function saysNoBody(text: string): boolean {
  return forms.some((form) => form.test(text));
}

/** Where an operation says it of its response. */
export function saysResponseHasNoBody({ paragraphs, bodiless, at }: ReferenceOperation): Position | undefined {
  if (bodiless) return at;
  return paragraphs.find(({ text, side }) => side === 'response' && saysNoBody(text))?.at;
}

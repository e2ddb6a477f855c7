/**
 * Recognises the sentences by which references say that a reply has no body.
 */

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

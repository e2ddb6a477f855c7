/**
 * Divides a text into its sentences, each with the offset at which it begins.
 *
 * What looks like the end of a sentence and is none: points in versions and file names, abbreviations, anything
 * inside literals, and a point before a word in lower case.
 */

export interface SentencePart {
  readonly text: string;
  readonly offset: number;
}

/** A mark that may end a sentence, with the quotes and brackets that close after it, before a blank or the end. */
const END = /[.!?][)"'\u201d\u2019]*(?=\s|$)/g;

/** Words that end with a point inside of sentences. */
const ABBREVIATION = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|ca|approx|incl|resp|no|fig|sec)\.$/i;

/** How a sentence begins: a capital, a digit, or markup, a quote or a bracket in front of anything. */
const BEGINNING = /^[\p{Lu}\d`*"'([:\u201c]/u;

/** A directive that a description has in running text: what follows is a text of its own. */
const DIRECTIVE = /\.\. [a-z-]+::/g;

export function splitSentences(text: string): readonly SentencePart[] {
  const parts: SentencePart[] = [];
  const directives = [...text.matchAll(DIRECTIVE)].flatMap(({ index, 0: { length } }) => [index, index + length]);
  const cuts = [...ends(text), ...directives, text.length].sort((a, b) => a - b);
  let start = 0;
  for (const end of cuts) start = push(parts, text, start, end);
  return parts.filter((part) => !/^\.\. [a-z-]+::$/.test(part.text));
}

function ends(text: string): readonly number[] {
  const plain = withoutLiterals(text);
  return [...plain.matchAll(END)].flatMap((match) => {
    const end = match.index + match[0].length;
    const isEnd = !ABBREVIATION.test(plain.slice(0, match.index + 1)) && begins(text.slice(end));
    return isEnd ? [end] : [];
  });
}

function begins(rest: string): boolean {
  const next = rest.trimStart();
  return next === '' || BEGINNING.test(next);
}

/** The same length, with nothing in literals, roles and links that could end a sentence. */
function withoutLiterals(text: string): string {
  return text.replace(/``.+?``|`[^`]+`_{0,2}/g, (literal) => 'x'.repeat(literal.length));
}

/** Returns where the next one begins. */
function push(parts: SentencePart[], text: string, from: number, to: number): number {
  const piece = text.slice(from, to);
  const sentence = piece.trim();
  if (sentence !== '') parts.push({ text: sentence, offset: from + piece.indexOf(sentence) });
  return to;
}

/** Finds the sentence from which a quote was probably taken. */
import type { Quote } from '../clauses/quote.ts';
import type { Contract, Sentence } from '../contract/model.ts';

/** Prefers sentences of the same section; undefined when fewer than a third of the words are shared. */
export function nearestSentence({ sentences }: Contract, { section, text }: Quote): Sentence | undefined {
  const words = wordsOf(text);
  const ranked = sentences
    .map((sentence) => ({ sentence, likeness: likeness(words, wordsOf(sentence.text)) }))
    .map(({ sentence, likeness: value }) => ({
      sentence,
      value: sentence.source.section === section ? value + SAME_SECTION : value,
    }))
    .sort((a, b) => b.value - a.value);
  const [best] = ranked;
  return best && best.value >= LEAST ? best.sentence : undefined;
}

const LEAST = 1 / 3;
const SAME_SECTION = 0.2;

/** Shared words over all words. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / (a.size + b.size - shared || 1);
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\d_.]+/gu) ?? []);
}

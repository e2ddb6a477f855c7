/**
 * Sentences of the specs as clauses quote them, and their locations.
 *
 * `Error response codes: 409` below the title of an operation quotes the code that its reference lists.
 */
import type { Contract, Operation, Sentence, Source } from '../contract/model.ts';

/** A sentence of the specs: the file, the title or parameter above it, and the whole sentence. */
export interface Quote {
  readonly file: string;
  readonly section: string;
  readonly text: string;
}

/** Quotes from one section. */
export function section(file: string, title: string): (text: string) => Quote {
  return (text) => ({ file, section: title, text });
}

/** The location of a quote in the specs; undefined when the specs do not contain it. */
export function findQuoted(contract: Contract, quote: Quote): Source | undefined {
  const status = quotedCode(quote);
  return status === undefined ? quotedSentences(contract, quote)[0]?.source : findCode(contract, quote, status);
}

/** The status code that a quote stands for; undefined when it quotes a sentence. */
export function quotedCode({ text }: Quote): number | undefined {
  const [, status] = /^(?:Normal|Error) response codes: (\d{3})$/.exec(text) ?? [];
  return status === undefined ? undefined : Number(status);
}

/** All sentences that match a quote: the quoted one, or those of another reference with the same meaning. */
export function quotedSentences({ sentences }: Contract, quote: Quote): readonly Sentence[] {
  const { file, section: title, text } = quote;
  return (textsOf(sentences).get(text) ?? []).filter(
    ({ source, text: own, means }) =>
      (own === text && source.section === title && isFile(source.file, file)) || means?.includes(text),
  );
}

const texts = new WeakMap<readonly Sentence[], ReadonlyMap<string, readonly Sentence[]>>();

/** The sentences of each text, and those with its meaning, in their order. */
function textsOf(sentences: readonly Sentence[]): ReadonlyMap<string, readonly Sentence[]> {
  const known = texts.get(sentences);
  if (known) return known;
  const found = new Map<string, Sentence[]>();
  for (const sentence of sentences) {
    for (const text of new Set([sentence.text, ...(sentence.means ?? [])])) {
      found.set(text, [...(found.get(text) ?? []), sentence]);
    }
  }
  texts.set(sentences, found);
  return found;
}

/** The operation whose section contains a quote. */
export function quotedOperation({ operations }: Contract, { file, section: title }: Quote): Operation | undefined {
  return operations.find(({ source }) => source.section === title && isFile(source.file, file));
}

function findCode(contract: Contract, quote: Quote, status: number): Source | undefined {
  const codes = quotedOperation(contract, quote)?.revisions.flatMap(({ responses, errors }) => [
    ...responses,
    ...errors,
  ]);
  return codes?.find((code) => code.status === status)?.source;
}

/** Source trees keep the same files in different folders and with different suffixes. */
function isFile(known: string, quoted: string): boolean {
  return known === quoted || stem(known) === stem(quoted);
}

function stem(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
}

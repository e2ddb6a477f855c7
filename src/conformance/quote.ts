/**
 * Sentences of the specs as clauses quote them, and where they stand.
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

/** What a quote finds in the specs; undefined when there is nothing like it. */
export function findQuoted(contract: Contract, quote: Quote): Source | undefined {
  const status = quotedCode(quote);
  return status === undefined ? findSentence(contract, quote)?.source : findCode(contract, quote, status);
}

/** The code that a quote means, where it means one. */
export function quotedCode({ text }: Quote): number | undefined {
  const [, status] = /^(?:Normal|Error) response codes: (\d{3})$/.exec(text) ?? [];
  return status === undefined ? undefined : Number(status);
}

export function findSentence({ sentences }: Contract, { file, section: title, text }: Quote): Sentence | undefined {
  return sentences.find(
    ({ source, text: own }) => own === text && source.section === title && isFile(source.file, file),
  );
}

/** The operation below whose title a quote stands. */
export function quotedOperation({ operations }: Contract, { file, section: title }: Quote): Operation | undefined {
  return operations.find(({ source }) => source.section === title && isFile(source.file, file));
}

function findCode(contract: Contract, quote: Quote, status: number): Source | undefined {
  const codes = quotedOperation(contract, quote)?.revisions.flatMap(({ answers, errors }) => [...answers, ...errors]);
  return codes?.find((code) => code.status === status)?.source;
}

/** Trees keep the same files in different folders. */
function isFile(known: string, quoted: string): boolean {
  return known === quoted || known.endsWith(`/${quoted}`);
}

/**
 * Every sentence of a reference about the operations of the contract, with its own line.
 *
 * Of parameters only those that are listed somewhere; a text outside of operations speaks of those in its file.
 */
import type { OperationId, Sentence, Source } from '../contract/model.ts';
import type { LineStart, Note, Paragraph, ParameterUse, Reference } from '../reference/model.ts';
import { folded, lineAt } from '../reference/passage.ts';
import { splitSentences } from '../reference/split-sentences.ts';
import type { NamedOperation } from './operation-ids.ts';

export function sentencesOf(reference: Reference, named: readonly NamedOperation[]): readonly Sentence[] {
  const found = [
    ...reference.fragments.flatMap(({ file, title, paragraphs, notes }) =>
      textSentences({ paragraphs, notes }, { file, section: title }, operationsIn(file, named)),
    ),
    ...named.flatMap(({ id, operation }) =>
      textSentences(operation, { file: operation.at.file, section: operation.title }, [id]),
    ),
    ...parameterSentences(reference, named),
  ];
  return found.sort((a, b) => compareTexts(a.source.file, b.source.file) || a.source.line - b.source.line);
}

function operationsIn(file: string, named: readonly NamedOperation[]): readonly OperationId[] {
  return named.filter(({ operation }) => operation.at.file === file).map(({ id }) => id);
}

interface Texts {
  readonly paragraphs: readonly Paragraph[];
  readonly notes: readonly Note[];
}

function textSentences(
  { paragraphs, notes }: Texts,
  place: Pick<Source, 'file' | 'section'>,
  operations: readonly OperationId[],
): readonly Sentence[] {
  const prose = paragraphs.filter(({ literal }) => !literal).map((text) => ({ ...text, kind: 'prose' as const }));
  const admonitions = notes.map((text) => ({ ...text, kind: 'note' as const }));
  return [...prose, ...admonitions].flatMap(({ kind, text, at, lines = [], section = place.section }) =>
    split(text, { ...place, section, line: at.line }, lines).map((each) => ({ kind, ...each, operations })),
  );
}

function parameterSentences(reference: Reference, named: readonly NamedOperation[]): readonly Sentence[] {
  return [...usesByDefinition(reference, named).values()].flatMap(([first, ...rest]) => {
    const { definition } = first.use;
    if (!definition) return [];
    const uses = [first, ...rest];
    const operations = [...new Set(uses.flatMap(({ operation }) => operation ?? []))];
    const { at, key, description, lines } = definition;
    const place = { file: at.file, section: key, line: at.line };
    return split(folded(description), place, lines).map((each, index): Sentence => {
      const listed = uses.map(({ source }) => ({ source }));
      return { kind: 'parameter', ...each, operations, ...(index === 0 && { listed }) };
    });
  });
}

interface Use {
  readonly use: ParameterUse;
  readonly source: Source;
  /** Missing for a parameter of all operations. */
  readonly operation?: OperationId;
}

function usesByDefinition(
  { fragments }: Reference,
  named: readonly NamedOperation[],
): ReadonlyMap<string, readonly [Use, ...(readonly Use[])]> {
  const uses = new Map<string, readonly [Use, ...(readonly Use[])]>();
  const add = (use: ParameterUse, section: string, operation?: OperationId): void => {
    if (!use.definition) return;
    const key = `${use.definition.at.file} ${use.definition.key}`;
    const source = { file: use.at.file, section, line: use.at.line };
    const entry: Use = { use, source, ...(operation !== undefined && { operation }) };
    const known = uses.get(key);
    uses.set(key, known ? [...known, entry] : [entry]);
  };
  for (const { title, parameters } of fragments) for (const use of parameters) add(use, title);
  for (const { id, operation } of named) for (const use of operation.parameters) add(use, operation.title, id);
  return uses;
}

function split(text: string, place: Source, lines: readonly LineStart[]): readonly Pick<Sentence, 'text' | 'source'>[] {
  return splitSentences(text).map(({ text: sentence, offset }) => ({
    text: sentence,
    source: { ...place, line: lineAt(lines, offset, place.line) },
  }));
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

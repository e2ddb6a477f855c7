/** Compares two reference trees: their contracts and their sentences. */
import { assembleContract } from '../assembly/assemble.ts';
import type { ServiceManifest } from '../assembly/model.ts';
import type { Contract, Operation, OperationId } from '../contract/model.ts';
import { compareMicroversions, formatMicroversion, parseMicroversion, type Microversion } from '../microversion.ts';
import type { Reference } from '../reference/model.ts';
import { bareManifest, versionsIn } from '../assembly/bare-manifest.ts';
import { classed, compareOperations } from './compare-operations.ts';
import { matchOperations, type Named, type Pair } from './match-operations.ts';
import type { Change, OperationDiff, ReferenceDiff } from './model.ts';

export interface TreeToCompare {
  readonly name: string;
  readonly reference: Reference;
  /** Operations are matched by its ids, where given. */
  readonly manifest?: ServiceManifest;
}

export function compareTrees(before: TreeToCompare, after: TreeToCompare): ReferenceDiff {
  const both = bareManifest([before.reference, after.reference]);
  const [was, is] = [contractOf(before, both), contractOf(after, both)];
  const newest = newestIn(before);
  const operations = matchOperations(was, is).flatMap((pair) =>
    differenceIn(pair, { was: was.contract, is: is.contract, newest }),
  );
  return { before: factsOf(before, was), after: factsOf(after, is), operations };
}

function contractOf({ reference, manifest }: TreeToCompare, both: ServiceManifest): Named {
  const { contract } = assembleContract(
    reference,
    manifest ? { ...manifest, ...(both.microversions && { microversions: both.microversions }) } : both,
  );
  return { contract, given: new Set<OperationId>(manifest?.operations.map(({ id }) => id)) };
}

function factsOf(tree: TreeToCompare, { contract }: Named): ReferenceDiff['before'] {
  const newest = newestIn(tree);
  return {
    name: tree.name,
    operations: contract.operations.length,
    ...(newest && { newest: formatMicroversion(newest) }),
  };
}

const IN_PROSE = /\b(?:microversions?|version|v)\s*(\d+\.\d+)/gi;

/** Includes microversions named in prose: a microversion may change only a sentence. */
export function newestIn({ reference, manifest }: TreeToCompare): Microversion | undefined {
  const last = manifest?.microversions?.range.last;
  if (last) return last;
  const known = versionsIn(reference);
  const major = Math.max(...known.map((version) => version.major));
  const texts = reference.operations.flatMap(({ notes, paragraphs }) =>
    [...notes, ...paragraphs].map(({ text }) => text),
  );
  const mentioned = texts.flatMap((text) =>
    [...text.matchAll(IN_PROSE)].flatMap((match) => parseMicroversion(match[1] ?? '') ?? []),
  );
  return [...known, ...mentioned.filter((version) => version.major === major)].toSorted(compareMicroversions).at(-1);
}

interface Contracts {
  readonly was: Contract;
  readonly is: Contract;
  readonly newest: Microversion | undefined;
}

function differenceIn({ before, after }: Pair, contracts: Contracts): readonly OperationDiff[] {
  const changes = changesOf({ ...(before && { before }), ...(after && { after }) }, contracts);
  const one = after ?? before;
  if (!one || changes.length === 0) return [];
  const { id, title, method, path, source } = one;
  return [{ id, title, method, path, file: source.file, changes }];
}

function changesOf({ before, after }: Pair, { was, is, newest }: Contracts): readonly Change[] {
  if (before && after)
    return [...compareOperations(before, after, newest), ...compareSentences(before, was, after, is)];
  return [classed({ kind: before ? 'operation-removed' : 'operation-added', place: '' }, newest)];
}

function compareSentences(before: Operation, was: Contract, after: Operation, is: Contract): readonly Change[] {
  const [earlier, later] = [sentencesOf(before, was), sentencesOf(after, is)];
  return [
    ...[...later]
      .filter((text) => !earlier.has(text))
      .map((text) => classed({ kind: 'sentence-added', place: '', after: text }, undefined)),
    ...[...earlier]
      .filter((text) => !later.has(text))
      .map((text) => classed({ kind: 'sentence-removed', place: '', before: text }, undefined)),
  ];
}

function sentencesOf({ id }: Operation, { sentences }: Contract): ReadonlySet<string> {
  return new Set(sentences.filter(({ operations }) => operations.includes(id)).map(({ text }) => text));
}

/**
 * Reads a whole API reference: fragments in the order of `index.rst`, definitions, samples and status files.
 *
 * Nothing throws; whatever cannot be read becomes a diagnostic, all of them in one go.
 */
import { compareDiagnostics, type Diagnostic, type Position } from '../diagnostic.ts';
import { findFragments, unreachableFragments } from './find-fragments.ts';
import { treeReading, type TreeReading } from './fragment-reading.ts';
import type { Fragment, ParameterFile, Reference, ReferenceOperation } from './model.ts';
import { withNewestSamples } from './newest-samples.ts';
import { readFragment } from './read-fragment.ts';
import { findFile, readText, type FoundFile } from './reading.ts';
import type { ReferenceTree } from './tree.ts';

export interface ReadingOptions {
  /** A second tree, in which parameters, status files and samples are looked up when the first lacks them. */
  readonly base?: ReferenceTree;
}

export function readReference(tree: ReferenceTree, { base }: ReadingOptions = {}): Reference {
  const found: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => void found.push(diagnostic);
  const trees = base ? [tree, base] : [tree];
  const reading = treeReading({ report, trees });
  const walk: Walk = { reading, tree, done: new Set(), open: [], fragments: [], operations: [] };
  const starts = findFragments(tree);
  for (const file of starts) readFrom({ tree, file }, { file, line: 1, column: 1 }, walk);
  if (starts.length === 0) reportNothing(tree, report);
  for (const file of unreachableFragments(tree, walk.done)) reportUnreachable(file, report);
  return {
    operations: withNewestSamples(walk.operations),
    parameterFiles: reading.parameterFiles().map(({ file, definitions }): ParameterFile => ({ file, definitions })),
    fragments: walk.fragments,
    diagnostics: found.sort(compareDiagnostics),
  };
}

interface Walk {
  readonly reading: TreeReading;
  readonly tree: ReferenceTree;
  readonly done: Set<string>;
  /** The files that are being read, each including the next. */
  readonly open: string[];
  readonly fragments: Fragment[];
  readonly operations: ReferenceOperation[];
}

function readFrom(found: FoundFile, askedAt: Position, walk: Walk): void {
  const { reading, open, done } = walk;
  const text = readText(found, askedAt, reading.report);
  done.add(found.file);
  if (text === undefined) return;
  open.push(found.file);
  const { fragment, operations, includes } = readFragment(text, found.file, reading);
  walk.fragments.push(fragment);
  walk.operations.push(...operations);
  for (const { text: name, at } of includes) include(name, at, found.file, walk);
  open.pop();
}

function include(name: string, at: Position, from: string, walk: Walk): void {
  const { reading, tree, open, done } = walk;
  const found = findFile({ ...reading, trees: [tree] }, name, from);
  const { report } = reading;
  if (!found) {
    report({
      severity: 'error',
      code: 'missing-file',
      at,
      message: `there is no ${name} to include`,
      expected: 'a file of the tree',
    });
  } else if (open.includes(found.file)) {
    const message = `${found.file} includes itself by way of ${from}`;
    report({ severity: 'error', code: 'include-loop', at, message, expected: 'files that do not include each other' });
  } else if (done.has(found.file)) {
    const message = `${found.file} is included a second time; it is read once`;
    report({ severity: 'info', code: 'included-twice', at, message, expected: 'one include' });
  } else {
    readFrom(found, at, walk);
  }
}

function reportUnreachable(file: string, report: (diagnostic: Diagnostic) => void): void {
  const message = `${file} holds operations, and no index leads to it; it is not read`;
  const at = { file, line: 1, column: 1 };
  report({ severity: 'warning', code: 'unreachable-fragment', at, message, expected: 'an include in the index' });
}

function reportNothing({ source }: ReferenceTree, report: (diagnostic: Diagnostic) => void): void {
  const message = 'there is no index.rst and no .inc file here';
  const at = { file: source === '' ? '.' : source, line: 1, column: 1 };
  report({ severity: 'error', code: 'empty-tree', at, message, expected: 'the folder of an API reference' });
}

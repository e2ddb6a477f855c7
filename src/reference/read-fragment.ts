/** One `.inc` or `.rst` file: its operations, and what stands outside of them. */
import { quoted, type Report } from '../diagnostic.ts';
import type { Block, Directive } from './block.ts';
import type { TreeReading } from './fragment-reading.ts';
import type { Fragment, ReferenceOperation } from './model.ts';
import { divide } from './operation-sections.ts';
import { readBlocks } from './read-blocks.ts';
import { readContent } from './read-content.ts';
import { readOperation } from './read-operation.ts';
import { sectionsOf } from './sections.ts';
import { readLines, type SourceLine } from './source-lines.ts';

export interface FragmentRead {
  readonly fragment: Fragment;
  readonly operations: readonly ReferenceOperation[];
  /** Names of the files to read after it, as written, in order. */
  readonly includes: readonly SourceLine[];
}

export function readFragment(text: string, file: string, tree: TreeReading): FragmentRead {
  const { report } = tree;
  const reading = tree.forFragment(file);
  const blocks = readBlocks(readLines(text, file, report), report);
  const root = sectionsOf(blocks, file, report);
  const { operations: sections, outside } = divide(root, report);
  const operations = sections.flatMap((section) => readOperation(section, reading) ?? []);
  reportRepeatedTitles(operations, report);
  const title = root.children[0]?.title ?? '';
  const { paragraphs, notes, parameters } = readContent(outside, reading, title);
  return { fragment: { file, title, paragraphs, notes, parameters }, operations, includes: includesOf(blocks, report) };
}

function includesOf(blocks: readonly Block[], report: Report): readonly SourceLine[] {
  return blocks.filter((block) => block.kind === 'directive').flatMap((block) => includedBy(block, report));
}

function includedBy({ name, at, argument, content }: Directive, report: Report): readonly SourceLine[] {
  if (name === 'toctree') return content.filter(({ text }) => text !== '').map(documentName);
  if (name !== 'include') return [];
  if (argument) return [argument];
  report({
    severity: 'error',
    code: 'empty-argument',
    at,
    message: 'this include names no file',
    expected: 'a file name',
  });
  return [];
}

/** `Title <name>` or `name`, without the suffix. */
function documentName(line: SourceLine): SourceLine {
  const name = /<([^>]+)>\s*$/.exec(line.text)?.[1] ?? line.text;
  return { ...line, text: name.endsWith('.rst') ? name : `${name}.rst` };
}

/** File and title are the identity of an operation. */
function reportRepeatedTitles(operations: readonly ReferenceOperation[], report: Report): void {
  const seen = new Map<string, ReferenceOperation>();
  for (const operation of operations) {
    const earlier = seen.get(operation.title);
    if (!earlier) seen.set(operation.title, operation);
    else {
      const message = `the title ${quoted(operation.title)} stands at line ${earlier.at.line} as well`;
      report({
        severity: 'warning',
        code: 'repeated-title',
        at: operation.at,
        message,
        expected: 'each title once in a file',
      });
    }
  }
}

/** `reference diff`: what two trees promise differently, operation by operation. */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import { renderReferenceDiffPage } from '../../reporters/reference-diff/markdown.ts';
import { renderReferenceDiff } from '../../reporters/reference-diff/text.ts';
import type { ServiceManifest } from '../../src/assembly/model.ts';
import { readManifest } from '../../src/assembly/read-manifest.ts';
import { fitsPattern } from '../../src/conformance/selection.ts';
import { changeKinds } from '../../src/difference/change-kinds.ts';
import { compareTrees, type TreeToCompare } from '../../src/difference/compare-trees.ts';
import type { ReferenceDiff } from '../../src/difference/model.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { openTree } from './open-tree.ts';

interface Options {
  readonly failOn?: string;
  readonly include?: string;
  readonly json?: true;
  readonly manifestAfter?: string;
  readonly manifestBefore?: string;
  readonly markdown?: true;
}

export const diffCommand = new Command('diff')
  .description('Compares the contracts of two reference trees: breaking, compatible, or text only.')
  .argument('<before>', 'the earlier tree')
  .argument('<after>', 'the later tree')
  .option('--include <glob>', 'only operations whose title, path or file fits, such as "os-volume-attachments*"')
  .option('--manifest-before <file>', 'ids of the earlier operations, as in specs/compute/manifests')
  .option('--manifest-after <file>', 'ids of the later operations; those with one id are one operation')
  .option('--json', 'tell it as JSON, every sentence included')
  .option('--markdown', 'tell it as a page for release notes')
  .option('--fail-on <class>', 'breaking: exit with 1 when something is')
  .action((before: string, after: string, options: Options) => {
    process.exitCode = run(before, after, options);
  });

function run(before: string, after: string, { include, json, markdown, failOn, ...options }: Options): number {
  if (json && markdown) throw new UsageError('--json and --markdown are two ways to tell it; give one of them.');
  if (failOn !== undefined && failOn !== 'breaking') throw new UsageError(`--fail-on ${failOn} is not breaking.`);
  const whole = compareTrees(tree(before, options.manifestBefore), tree(after, options.manifestAfter));
  const diff = include === undefined ? whole : selected(whole, include);
  process.stdout.write(
    json
      ? `${JSON.stringify(diff, undefined, 2)}\n`
      : markdown
        ? renderReferenceDiffPage(diff, changeKinds)
        : renderReferenceDiff(diff, changeKinds),
  );
  return failOn !== undefined && isBreaking(diff) ? exitCodes.nonConformant : exitCodes.conformant;
}

function tree(place: string, manifestFile: string | undefined): TreeToCompare {
  const reference = readReference(openTree(place));
  if (reference.operations.length === 0) throw new UsageError(`There is no operation that can be read at ${place}.`);
  const manifest = manifestFile === undefined ? undefined : openManifest(manifestFile);
  return { name: basename(place), reference, ...(manifest && { manifest }) };
}

function openManifest(file: string): ServiceManifest {
  if (!existsSync(file)) throw new UsageError(`There is no manifest ${file}.`);
  const { manifest } = readManifest(readFileSync(file, 'utf8'), basename(file));
  if (!manifest) throw new UsageError(`${file} is no manifest: it has to name a service and its origin.`);
  return manifest;
}

function selected(diff: ReferenceDiff, glob: string): ReferenceDiff {
  const operations = diff.operations.filter(({ title, path, file }) => {
    return [title, path, file, basename(file)].some((name) => fitsPattern(glob, name));
  });
  return { ...diff, operations };
}

function isBreaking({ operations }: ReferenceDiff): boolean {
  return operations.some(({ changes }) => changes.some((change) => change.class === 'breaking'));
}

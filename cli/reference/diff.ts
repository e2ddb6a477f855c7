/** `reference diff`: compares the contracts of two trees, operation by operation. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { renderReferenceDiffPage } from '../../reporters/reference-diff/markdown.ts';
import { renderReferenceDiff } from '../../reporters/reference-diff/text.ts';
import type { ServiceManifest } from '../../src/assembly/model.ts';
import { readManifest } from '../../src/assembly/read-manifest.ts';
import { fitsPattern } from '../../src/planning/selection.ts';
import { changeKinds } from '../../src/reference-diff/change-kinds.ts';
import { compareTrees, type TreeToCompare } from '../../src/reference-diff/compare-trees.ts';
import type { ReferenceDiff } from '../../src/reference-diff/model.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { openTree } from './open-tree.ts';
import { specsOf } from './service-manifest.ts';

interface Options {
  readonly failOn?: string;
  readonly include?: string;
  readonly json?: true;
  readonly manifestAfter?: string;
  readonly manifestBefore?: string;
  readonly markdown?: true;
  readonly service?: string;
}

export const diffCommand = new Command('diff')
  .description(
    'Compare the contracts of two reference trees, and classify changes: breaking, compatible, or text only.',
  )
  .argument('<before>', 'the earlier tree')
  .argument('<after>', 'the later tree')
  .option('--include <glob>', 'only operations whose title, path or file matches, such as "os-volume-attachments*"')
  .option('--service <type>', 'match operations by the ids of this package for that service, such as compute')
  .option('--manifest-before <file>', 'manifest with ids of the earlier operations, as in specs/compute/manifests')
  .option('--manifest-after <file>', 'manifest with ids of the later operations; the same id means the same operation')
  .option('--json', 'print JSON, including every sentence; its schema is src/records/reference-diff.schema.json')
  .option('--markdown', 'print Markdown for release notes')
  .option('--fail-on <class>', 'breaking: exit with 1 if a change is breaking')
  .action((before: string, after: string, options: Options) => {
    process.exitCode = run(before, after, options);
  });

function run(before: string, after: string, { include, json, markdown, failOn, ...options }: Options): number {
  if (json && markdown) throw new UsageError('--json and --markdown exclude each other. Pass one of them.');
  if (failOn !== undefined && failOn !== 'breaking')
    throw new UsageError(`--fail-on ${failOn} is unknown. Pass breaking.`);
  const { service, manifestBefore = manifestOf(service), manifestAfter = manifestOf(service) } = options;
  const whole = compareTrees(tree(before, manifestBefore), tree(after, manifestAfter));
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

function tree(path: string, manifestFile: string | undefined): TreeToCompare {
  const reference = readReference(openTree(path));
  if (reference.operations.length === 0)
    throw new UsageError(`The reference at ${path} has no operation that can be read.`);
  const manifest = manifestFile === undefined ? undefined : openManifest(manifestFile);
  return { name: basename(path), reference, ...(manifest && { manifest }) };
}

function manifestOf(service: string | undefined): string | undefined {
  return service === undefined ? undefined : join(specsOf(service), 'service.yaml');
}

function openManifest(file: string): ServiceManifest {
  if (!existsSync(file)) throw new UsageError(`There is no manifest ${file}.`);
  const { manifest } = readManifest(readFileSync(file, 'utf8'), basename(file));
  if (!manifest) throw new UsageError(`${file} is not a manifest: it must name a service and its origin.`);
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

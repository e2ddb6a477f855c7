/** `diff`: compares two runs clause by clause. */
import { Command } from 'commander';
import { UsageError, exitCodes } from '../errors.ts';
import { compareFolders, formatRunDiff } from '../run-folders/compare.ts';
import { readFailOn } from '../run-folders/fail-on.ts';

interface Options {
  readonly json?: true;
  readonly markdown?: true;
  readonly failOn?: string;
}

export const diffCommand = new Command('diff')
  .description('Compare two runs clause by clause: of two releases, clouds or dates.')
  .argument('<before>', 'the earlier run folder')
  .argument('<after>', 'the later run folder')
  .option('--json', 'print JSON; its schema is src/records/diff.schema.json')
  .option('--markdown', 'print Markdown')
  .option('--fail-on <what>', 'regression: exit with 1 if something that passed no longer does')
  .action((before: string, after: string, { json, markdown, failOn }: Options) => {
    if (json && markdown) throw new UsageError('--json and --markdown exclude each other. Pass one of them.');
    const gate = readFailOn(failOn);
    const diff = compareFolders(before, after);
    process.stdout.write(formatRunDiff(diff, json ? 'json' : markdown ? 'markdown' : 'text'));
    process.exitCode = gate?.(diff) ?? exitCodes.conformant;
  });

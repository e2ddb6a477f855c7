/** `diff`: two runs, clause by clause. */
import { Command } from 'commander';
import { UsageError, exitCodes } from '../errors.ts';
import { compareFolders, tellDiff } from '../runs/compare.ts';
import { readFailOn } from '../runs/fail-on.ts';

interface Options {
  readonly json?: true;
  readonly markdown?: true;
  readonly failOn?: string;
}

export const diffCommand = new Command('diff')
  .description('Compares two runs, clause by clause: releases, clouds, days.')
  .argument('<before>', 'a run folder')
  .argument('<after>', 'the run folder to compare with it')
  .option('--json', 'tell it as JSON; its schema is src/report/diff.schema.json')
  .option('--markdown', 'tell it as a page')
  .option('--fail-on <what>', 'regression: exit with 1 when something that held does not hold any more')
  .action((before: string, after: string, { json, markdown, failOn }: Options) => {
    if (json && markdown) throw new UsageError('--json and --markdown are two ways to tell it; give one of them.');
    const gate = readFailOn(failOn);
    const diff = compareFolders(before, after);
    process.stdout.write(tellDiff(diff, json ? 'json' : markdown ? 'markdown' : 'text'));
    process.exitCode = gate?.(diff) ?? exitCodes.conformant;
  });

/** `reference`: what is done with reference trees themselves; one sub-command each. */
import { Command } from 'commander';
import { diffCommand } from '../reference/diff.ts';
import { importCommand } from '../reference/import.ts';
import { lintCommand } from '../reference/lint.ts';

export const referenceCommand = new Command('reference')
  .description('Takes in the facts of reference trees, tells their slips, and what changed between two of them.')
  .addCommand(importCommand)
  .addCommand(diffCommand)
  .addCommand(lintCommand);

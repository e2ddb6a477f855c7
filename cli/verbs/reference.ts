/** `reference`: what is done with reference trees themselves; one sub-command each. */
import { Command } from 'commander';
import { diffCommand } from '../reference/diff.ts';
import { lintCommand } from '../reference/lint.ts';

export const referenceCommand = new Command('reference')
  .description('Looks into reference trees: their slips, and what changed between two of them.')
  .addCommand(diffCommand)
  .addCommand(lintCommand);

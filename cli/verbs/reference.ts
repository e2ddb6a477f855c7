/** `reference`: work on reference trees; one sub-command each. */
import { Command } from 'commander';
import { diffCommand } from '../reference/diff.ts';
import { importCommand } from '../reference/import.ts';
import { lintCommand } from '../reference/lint.ts';

export const referenceCommand = new Command('reference')
  .description('Import facts from reference trees, find their mistakes, and compare two of them.')
  .addCommand(importCommand)
  .addCommand(diffCommand)
  .addCommand(lintCommand);

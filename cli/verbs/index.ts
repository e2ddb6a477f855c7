/** All verbs, one line each. */
import type { Command } from 'commander';
import { cleanupCommand } from './cleanup.ts';
import { clausesCommand } from './clauses.ts';
import { refuteCommand } from './refute.ts';
import { reportCommand } from './report.ts';
import { runCommand } from './run.ts';
import { schemasCommand } from './schemas.ts';
import { simulatorCommand } from './simulator.ts';

export const verbs: readonly Command[] = [
  clausesCommand,
  cleanupCommand,
  refuteCommand,
  reportCommand,
  runCommand,
  schemasCommand,
  simulatorCommand,
];

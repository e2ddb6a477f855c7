/** All verbs, one line each. */
import type { Command } from 'commander';
import { cleanupCommand } from './cleanup.ts';
import { clausesCommand } from './clauses.ts';
import { diffCommand } from './diff.ts';
import { refuteCommand } from './refute.ts';
import { replayCommand } from './replay.ts';
import { reportCommand } from './report.ts';
import { runCommand } from './run.ts';
import { schemasCommand } from './schemas.ts';
import { simulatorCommand } from './simulator.ts';

export const verbs: readonly Command[] = [
  clausesCommand,
  cleanupCommand,
  diffCommand,
  refuteCommand,
  replayCommand,
  reportCommand,
  runCommand,
  schemasCommand,
  simulatorCommand,
];

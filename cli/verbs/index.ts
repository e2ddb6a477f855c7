/** All verbs, one line each. */
import type { Command } from 'commander';
import { bundleCommand } from './bundle.ts';
import { cleanupCommand } from './cleanup.ts';
import { clausesCommand } from './clauses.ts';
import { completionCommand } from './completion.ts';
import { diffCommand } from './diff.ts';
import { doctorCommand } from './doctor.ts';
import { planCommand } from './plan.ts';
import { referenceCommand } from './reference.ts';
import { refuteCommand } from './refute.ts';
import { replayCommand } from './replay.ts';
import { reportCommand } from './report.ts';
import { runCommand } from './run.ts';
import { schemasCommand } from './schemas.ts';
import { signCommand } from './sign.ts';
import { simulatorCommand } from './simulator.ts';
import { verifyCommand } from './verify.ts';

export const verbs: readonly Command[] = [
  bundleCommand,
  clausesCommand,
  cleanupCommand,
  completionCommand,
  diffCommand,
  doctorCommand,
  planCommand,
  referenceCommand,
  refuteCommand,
  replayCommand,
  reportCommand,
  runCommand,
  schemasCommand,
  signCommand,
  simulatorCommand,
  verifyCommand,
];

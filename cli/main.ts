#!/usr/bin/env node
/** The command line: verbs, their help, and what an error becomes. */
import { Command, CommanderError } from 'commander';
import { printable } from '../src/report/printable.ts';
import { exitCodes } from './errors.ts';
import { toolVersion } from './tool-version.ts';
import { verbsFor } from './verbs/index.ts';

/** Errors that speak to the user in one sentence; anything else is a defect of ours and shows its stack. */
const plainErrors: ReadonlySet<string> = new Set([
  'usage',
  'credentials',
  'sign-in',
  'discovery',
  'endpoint',
  'contract-file',
  'fact-file',
  'simulator-options',
]);

/** Errors whose sentence may repeat what a target said. */
const tellsTarget: ReadonlySet<string> = new Set(['sign-in', 'discovery', 'endpoint']);

const program = new Command('openstack-conformance')
  .description('Holds an OpenStack endpoint to the API reference and says what held, what did not, and why.')
  .version(toolVersion)
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });

try {
  for (const verb of await verbsFor(process.argv[2])) {
    program.addCommand(verb.exitOverride().copyInheritedSettings(program));
  }
  await program.parseAsync();
} catch (error) {
  process.exitCode = tell(error);
}

function tell(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
  const code = (error as { code?: unknown }).code;
  const plain = error instanceof Error && typeof code === 'string' && plainErrors.has(code);
  const lines = plain ? `openstack-conformance: ${error.message}` : stackOf(error);
  const parts = plain && tellsTarget.has(code) ? [lines] : lines.split('\n');
  process.stderr.write(parts.map((line) => `${printable(line, 1_000)}\n`).join(''));
  return exitCodes.usage;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

#!/usr/bin/env node
/** The command line: verbs, their help, and error reporting. */
import { Command } from 'commander';
import { refuseEmpty } from './refuse-empty.ts';
import { reportError, reportUncaught, surviveOutputErrors } from './report-error.ts';
import { toolVersion } from './tool-version.ts';
import { verbsFor } from './verbs/index.ts';

surviveOutputErrors();
reportUncaught();

const program = new Command('openstack-conformance')
  .description('Test an OpenStack endpoint against the API reference, and report what passed, what failed, and why.')
  .version(toolVersion)
  .exitOverride()
  .hook('preAction', (_, command) => refuseEmpty(command))
  .configureHelp({ showGlobalOptions: true });

try {
  for (const verb of await verbsFor(process.argv[2])) {
    program.addCommand(verb.exitOverride().copyInheritedSettings(program));
  }
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportError(error);
}

/** Command-line options that several verbs share: target, identities, selection, limits, fixtures. */
import type { Command } from 'commander';
import { addSignInOptions } from './run/sign-in-options.ts';

export const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export function withIdentityOptions(command: Command): Command {
  command
    .option('--target <file>', 'profile of the target, such as targets/devstack.yaml; options override it')
    .option('--require-target', 'fail when no target is given, instead of testing the embedded cloud; for CI')
    .option('--os-cloud <cloud>', 'member identity: an entry of clouds.yaml')
    .option('--reader <cloud>', 'reader identity in the same project')
    .option('--other <cloud>', 'member identity in another project')
    .option('--admin <cloud>', 'administrator identity')
    .option('--service <cloud>', 'identity with the service role');
  return addSignInOptions(command);
}

/** The options of a run: its target, its selection and its limits. */
export function withRunOptions(command: Command): Command {
  withIdentityOptions(command);
  withDynamicOption(command);
  withSelectingOptions(command);
  withLimitOptions(command);
  withFixtureOptions(command);
  withReferenceOptions(command);
  withSimulatorOption(command);
  return withSuiteOption(command);
}

/** For verbs that an administrator alone can run. */
export function withDynamicOption(command: Command): Command {
  return command.option(
    '--dynamic-credentials',
    'create the missing identities as the administrator, and remove them at the end',
  );
}

/** Which resources of the target to use, by name or id. */
export function withFixtureOptions(command: Command): Command {
  return command
    .option('--flavor <name>', 'flavor of servers (default: the smallest that fits the image)')
    .option('--resize-flavor <name>', 'flavor that servers are resized to (default: the next one)')
    .option('--image <name>', 'image of servers (default: the smallest)')
    .option('--network <name>', 'network of servers (default: none, where the target allows that)')
    .option('--volume-type <name>', 'type of volumes (default: that of the target)')
    .option('--multiattach-type <name>', 'type of multiattach volumes (default: one with that property)')
    .option('--volume-size <gb>', 'size of a volume in GB (default: the smallest that its type allows)')
    .option('--availability-zone <name>', 'zone of servers and volumes (default: one that both services have)')
    .option(
      '--capability <name>',
      'declare a capability of the target, or its absence with NAME=no; repeatable',
      collect,
    );
}

export function withSelectingOptions(command: Command): Command {
  return command
    .option('--resource <name>', 'only the operations of this resource, such as server-groups; repeatable', collect)
    .option('--include <glob>', 'operations, clauses or cases to run; repeatable', collect)
    .option('--exclude <glob>', 'operations, clauses or cases to exclude; repeatable', collect)
    .option('--level <level>', 'lowest level to run: must, should or may (default: may)')
    .option('--microversions <list>', 'microversions to run, such as 2.1,2.60-2.79,latest')
    .option('--sweep', 'run every microversion instead of the first and last of each revision')
    .option('--once', 'run each clause once, at its newest microversion, for a quick result')
    .option('--mode <mode>', 'full, or read-only to create, change and remove nothing (default: full)');
}

export function withSuiteOption(command: Command): Command {
  return command.option(
    '--suite <file>',
    'module with your own clauses and recipes, counted separately; repeatable',
    collect,
  );
}

/** Which part of the plan to run. */
export function withPartOptions(command: Command): Command {
  return command
    .option('--shard <part>', 'run one part of the plan, such as 2/5; report merges the parts')
    .option('--failed-in <run>', 'run only what did not pass in that run, and copy the other results');
}

/** How much runs at the same time, and how fast. */
export function withLimitOptions(command: Command): Command {
  return withPaceOptions(
    withCapacityOptions(command.option('--concurrency <number>', 'cases at the same time (default: 8)')),
  );
}

/** Request rate and timeouts. */
export function withPaceOptions(command: Command): Command {
  return withPaceOption(command).option(
    '--timeout-factor <factor>',
    'multiply every timeout: 3 for a slow cloud, 0.1 for a fast one',
  );
}

export function withPaceOption(command: Command): Command {
  return command.option('--requests-per-second <number>', 'request rate over all services together, such as 10 or 0.5');
}

export function withCapacityOptions(command: Command): Command {
  return command
    .option('--limit <type=number>', 'resources of a type at the same time, such as server=24; repeatable', collect)
    .option('--max-servers <number>', 'the same as --limit server=NUMBER (default: 24)')
    .option('--max-volumes <number>', 'the same as --limit volume=NUMBER (default: 60)');
}

export function withReferenceOptions(command: Command): Command {
  return command
    .option('--reference <dir>', 'test against this API reference instead of that of specs/')
    .option('--reference-base <dir>', 'where to find parameters and samples that it lacks')
    .option('--reference-manifest <file>', 'its manifest: a file, or a name in specs/compute/manifests');
}

export function withSimulatorOption(command: Command): Command {
  return command
    .option('--simulator-maximum <microversion>', 'test the embedded cloud with the release of this microversion')
    .option('--quota-servers <number>', 'test the embedded cloud with this server quota per project')
    .option('--quota-volumes <number>', 'test the embedded cloud with this volume quota per project');
}

/** For verbs whose failures may need a look at the target. */
export function withKeepOption(command: Command): void {
  command.option('--keep', 'keep the resources of failed cases, to repeat their requests; cleanup removes them');
}

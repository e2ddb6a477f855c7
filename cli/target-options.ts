/** The options that name a target and who asks there; every verb that meets one takes them. */
import type { Command } from 'commander';
import { addSignInOptions } from './run/sign-in-options.ts';

export const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export function withIdentityOptions(command: Command): Command {
  command
    .option('--target <file>', 'a profile of the target, such as targets/devstack.yaml; options win over it')
    .option('--require-target', 'refuse to run where no target is named, instead of testing the embedded cloud; for CI')
    .option('--os-cloud <cloud>', 'the member: an entry of clouds.yaml')
    .option('--reader <cloud>', 'a reader of the same project')
    .option('--other <cloud>', 'a member of another project')
    .option('--admin <cloud>', 'an administrator')
    .option('--service <cloud>', 'a user with the service role');
  return addSignInOptions(command);
}

/** All that says where a run goes, what it tries and how much of the target it may have. */
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

/** For verbs that may do with an administrator alone. */
export function withDynamicOption(command: Command): Command {
  return command.option(
    '--dynamic-credentials',
    'let the administrator make the identities that are not given, and remove them at the end',
  );
}

/** What of the target is used, by name or id. */
export function withFixtureOptions(command: Command): Command {
  return command
    .option('--flavor <name>', 'the flavor of servers; the smallest that fits the image when missing')
    .option('--resize-flavor <name>', 'the flavor that servers are resized to; the next one when missing')
    .option('--image <name>', 'the image of servers; the smallest when missing')
    .option('--network <name>', 'the network of servers; none when missing, where the target allows that')
    .option('--volume-type <name>', 'the type of volumes; the default when missing')
    .option('--multiattach-type <name>', 'the type of volumes for several servers; one that says so when missing')
    .option('--volume-size <gb>', 'GB of a volume; the smallest that its type allows when missing')
    .option('--availability-zone <name>', 'the zone of servers and volumes; one that both have when missing')
    .option('--capability <name>', 'what the target can do; NAME=no, what it cannot; may be repeated', collect);
}

export function withSelectingOptions(command: Command): Command {
  return command
    .option('--include <glob>', 'operations, clauses or cases to run; may be repeated', collect)
    .option('--exclude <glob>', 'operations, clauses or cases to leave out; may be repeated', collect)
    .option('--level <level>', 'the weakest level to run: must, should or may (default: may)')
    .option('--microversions <list>', 'such as 2.1,2.60-2.79,latest')
    .option('--sweep', 'every microversion instead of the first and last of each revision')
    .option('--once', 'each clause at one microversion only, the newest: the quick look')
    .option('--mode <mode>', 'full, or read-only: nothing is made, changed or removed (default: full)');
}

export function withSuiteOption(command: Command): Command {
  return command.option(
    '--suite <file>',
    'a module with clauses and recipes of your own, which are counted apart; may be repeated',
    collect,
  );
}

/** Which part of the plan. */
export function withPartOptions(command: Command): Command {
  return command
    .option('--shard <part>', 'one part of the plan, such as 2/5; report puts the parts together')
    .option('--failed-in <run>', 'only what did not pass there; the rest is taken over');
}

/** How much at the same time. */
export function withLimitOptions(command: Command): Command {
  return withPaceOptions(
    withRoomOptions(command.option('--concurrency <number>', 'cases at the same time (default: 8)')),
  );
}

/** How fast, and how long to wait. */
export function withPaceOptions(command: Command): Command {
  return withPaceOption(command).option(
    '--patience <factor>',
    'multiplies every limit of time: 3 for a slow cloud, 0.1 for a fast one',
  );
}

export function withPaceOption(command: Command): Command {
  return command.option('--requests-per-second <number>', 'a steady pace over all services, such as 10 or 0.5');
}

export function withRoomOptions(command: Command): Command {
  return command
    .option('--max-servers <number>', 'servers at the same time (default: 24)')
    .option('--max-volumes <number>', 'volumes at the same time (default: 60)');
}

export function withReferenceOptions(command: Command): Command {
  return command
    .option('--reference <dir>', 'hold the target to this API reference instead of that of specs/')
    .option('--reference-base <dir>', 'where it finds parameters and samples that it does not bring')
    .option('--reference-manifest <file>', 'its manifest: a file, or the name of one in specs/compute/manifests');
}

export function withSimulatorOption(command: Command): Command {
  return command
    .option('--simulator-maximum <microversion>', 'use the embedded cloud, playing this release')
    .option('--quota-servers <number>', 'use the embedded cloud, which allows a project so many servers')
    .option('--quota-volumes <number>', 'use the embedded cloud, which allows a project so many volumes');
}

/** Of the verbs that end with a failure to look into. */
export function withKeepOption(command: Command): void {
  command.option('--keep', 'leave what failed cases used as it is, to repeat their requests; cleanup removes it');
}

/** The validated options of a run, read from the command line. */
import { resolve } from 'node:path';
import { identities } from '../../src/clauses/identity.ts';
import { type Identity } from '../../src/clauses/identity.ts';
import { identityOption } from '../../src/planning/plan-cases.ts';
import { modes, parseMicroversionList, type Mode, type Selection } from '../../src/planning/selection.ts';
import { namesTarget } from '../../src/target/cloud-environment.ts';
import { knownCapabilities } from '../../suites/services.ts';
import { referenceOptions, type ReferenceOptions } from '../chosen-contract.ts';
import { UsageError } from '../errors.ts';
import { simulatorQuotas, type SimulatorQuotas } from '../simulator-quotas.ts';
import { count } from '../whole-number.ts';
import { chosenResources } from './chosen-resources.ts';
import { readDuration } from './deadline.ts';
import { withProfile } from './open-profile.ts';
import { readLimits, type GivenLimit } from './resource-limits.ts';
import { readSignInOptions, type SignInOptions } from './sign-in-options.ts';
import type { RawOptions } from './raw-options.ts';

/** The default of --concurrency. */
export const concurrencyWhenMissing = 8;

/** With a larger factor, one case could take hours. */
const largestTimeoutFactor = 20;

export interface RunOptions {
  /** The name of the target in a profile. */
  readonly targetName: string | undefined;
  /** Refuse to test the embedded cloud. */
  readonly requireTarget: boolean;
  /** Cloud names by identity; empty for the simulator. */
  readonly clouds: Readonly<Partial<Record<Identity, string>>>;
  /** The administrator creates the identities that are not given. */
  readonly dynamicCredentials: boolean;
  /** Sign-in options: credentials of the member, and settings of the target. */
  readonly signIn: SignInOptions;
  readonly selection: Selection;
  /** Empty: the reference of `specs/`. */
  readonly reference: ReferenceOptions;
  readonly output: string | undefined;
  readonly reporters: readonly string[] | undefined;
  /** A file of waivers. */
  readonly waivers: string | undefined;
  /** The file for a proposal of waivers. */
  readonly writeWaivers: string | undefined;
  readonly concurrency: number;
  /** Limits of resource types, in the order in which they apply. */
  readonly limits: readonly GivenLimit[];
  /** Over all services together; unlimited when missing. */
  readonly requestsPerSecond: number | undefined;
  /** Multiplies every timeout. */
  readonly timeoutFactor: number;
  /** The time limit of a run, including clean-up; none when missing. */
  readonly deadlineMs: number | undefined;
  readonly fixtures: Readonly<Record<string, string>>;
  readonly capabilities: Readonly<Record<string, boolean>>;
  readonly simulatorMaximum: string | undefined;
  /** Quotas of the embedded cloud; unlimited where missing. */
  readonly simulatorQuotas: SimulatorQuotas;
  readonly json: boolean;
  readonly debug: boolean;
  /** Keep the resources of failed cases. */
  readonly keep: boolean;
  /** Modules of extension suites; absolute paths. */
  readonly suites: readonly string[];
}

/** @throws UsageError */
export function readRunOptions(given: RawOptions): RunOptions {
  const raw = withProfile(given);
  const clouds = cloudNames(raw);
  const signIn = readSignInOptions({ ...raw });
  const dynamicCredentials = raw.dynamicCredentials === true;
  refuseWithoutMember(clouds, signIn, dynamicCredentials);
  return {
    targetName: raw.targetName,
    requireTarget: raw.requireTarget === true,
    clouds,
    dynamicCredentials,
    signIn,
    selection: readSelection(raw),
    reference: referenceOptions(raw),
    output: raw.output,
    reporters: raw.reporter,
    waivers: raw.waivers,
    writeWaivers: raw.writeWaivers,
    concurrency: count('--concurrency', raw.concurrency ?? String(concurrencyWhenMissing), 1),
    limits: readLimits(raw),
    requestsPerSecond: raw.requestsPerSecond === undefined ? undefined : readPace(raw.requestsPerSecond),
    timeoutFactor: readTimeoutFactor(raw.timeoutFactor ?? '1'),
    deadlineMs: raw.deadline === undefined ? undefined : readDuration('--deadline', raw.deadline),
    fixtures: defined({
      flavor: raw.flavor,
      other_flavor: raw.resizeFlavor,
      image: raw.image,
      network: raw.network,
      volume_type: raw.volumeType,
      multiattach_type: raw.multiattachType,
      volume_size: raw.volumeSize === undefined ? undefined : String(count('--volume-size', raw.volumeSize, 1)),
      availability_zone: raw.availabilityZone,
    }),
    capabilities: readCapabilities(raw.capability ?? []),
    simulatorMaximum: raw.simulatorMaximum,
    simulatorQuotas: simulatorQuotas(raw),
    json: raw.json === true,
    keep: raw.keep === true,
    debug: raw.debug === true,
    suites: (raw.suite ?? []).map((file) => resolve(file)),
  };
}

function cloudNames(raw: RawOptions): RunOptions['clouds'] {
  const names = { ...raw, member: raw.osCloud };
  return Object.fromEntries(
    identities.flatMap((identity) => {
      const name = names[identity];
      return name === undefined ? [] : [[identity, name]];
    }),
  );
}

/** @throws UsageError when identities are given without a member: the embedded cloud would be tested instead */
function refuseWithoutMember(clouds: RunOptions['clouds'], signIn: SignInOptions, adminSuffices: boolean): void {
  const others = identities.filter((identity) => identity !== 'member' && clouds[identity] !== undefined);
  const hasMember = clouds.member !== undefined || namesTarget(process.env, signIn.member);
  if (hasMember || others.length === 0 || (adminSuffices && clouds.admin !== undefined)) return;
  throw new UsageError(
    `${others.map((identity) => `--${identity}`).join(', ')} ${others.length === 1 ? 'needs' : 'need'} a member identity. Pass ${identityOption('member')} or a profile by --target, or set OS_CLOUD, or OS_AUTH_URL and the other OS_* variables.`,
  );
}

function readSelection(raw: RawOptions): Selection {
  const level = (['must', 'should', 'may'] as const).find((known) => known === (raw.level ?? 'may'));
  if (!level) throw new UsageError(`--level ${raw.level} is unknown. Pass must, should or may.`);
  const versions = raw.microversions === undefined ? undefined : parseMicroversionList(raw.microversions);
  if (versions && 'error' in versions) {
    throw new UsageError(`--microversions: "${versions.error}" is not a microversion. Write 2.1, 2.60-2.79 or latest.`);
  }
  return {
    resources: chosenResources(raw.resource),
    include: raw.include ?? [],
    exclude: raw.exclude ?? [],
    level,
    microversions: versions?.list ?? ['all'],
    cases: readCases(raw),
    mode: readMode(raw.mode ?? 'full'),
  };
}

function readCases({ sweep, once }: RawOptions): Selection['cases'] {
  if (sweep && once) throw new UsageError('--sweep and --once exclude each other. Pass one of them.');
  return sweep ? 'sweep' : once ? 'once' : 'revisions';
}

function readMode(text: string): Mode {
  const mode = modes.find((known) => known === text);
  if (mode) return mode;
  throw new UsageError(`--mode ${text} is unknown. Pass ${modes.join(' or ')}.`);
}

/** `multiattach` or `multiattach=no`. */
function readCapabilities(texts: readonly string[]): Readonly<Record<string, boolean>> {
  return Object.fromEntries(
    texts.map((text) => {
      const [id = '', value = 'yes'] = text.split('=');
      if (id === '' || !['yes', 'no'].includes(value)) {
        throw new UsageError(`--capability ${text} is not valid. Write NAME, NAME=yes or NAME=no.`);
      }
      const known = knownCapabilities.map((one) => one.id);
      if (!known.includes(id)) {
        throw new UsageError(`--capability ${text}: no clause needs this capability. Pass one of ${known.join(', ')}.`);
      }
      return [id, value === 'yes'];
    }),
  );
}

function readTimeoutFactor(text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value > 0 && value <= largestTimeoutFactor) return value;
  throw new UsageError(
    `--timeout-factor ${text} is not a number above 0 and up to ${largestTimeoutFactor}, such as 3 or 0.5.`,
  );
}

/** Limits of --requests-per-second: a slower run would take weeks, and a faster one has no limit in practice. */
const slowest = 0.01;
const fastest = 10_000;

function readPace(text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value >= slowest && value <= fastest) return value;
  throw new UsageError(
    `--requests-per-second ${text} is not a number from ${slowest} to ${fastest}, such as 10 or 0.5.`,
  );
}

function defined(values: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

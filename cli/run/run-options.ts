/** The options of a run as the program uses them, read from those of the command line. */
import { resolve } from 'node:path';
import { identities } from '../../src/conformance/identity.ts';
import { type Identity } from '../../src/conformance/identity.ts';
import { identityOption } from '../../src/conformance/plan-cases.ts';
import { ownLimits, type Limits } from '../../src/conformance/limits.ts';
import { modes, parseMicroversionList, type Mode, type Selection } from '../../src/conformance/selection.ts';
import { namesTarget } from '../../src/target/cloud-environment.ts';
import { knownCapabilities } from '../../suites/capabilities.ts';
import { referenceOptions, type ReferenceOptions } from '../chosen-contract.ts';
import { UsageError } from '../errors.ts';
import { simulatorQuotas, type SimulatorQuotas } from '../simulator-quotas.ts';
import { count } from '../whole-number.ts';
import { readDuration } from './deadline.ts';
import { withProfile } from './open-profile.ts';
import { readSignInOptions, type SignInOptions } from './sign-in-options.ts';
import type { RawOptions } from './raw-options.ts';

/** Cases at the same time. */
export const concurrencyWhenMissing = 8;

/** More would be hours for one case. */
const mostPatience = 20;

export interface RunOptions {
  /** What a profile calls the target. */
  readonly targetName: string | undefined;
  /** Refuse to test the embedded cloud. */
  readonly requireTarget: boolean;
  /** Cloud names by identity; empty for the simulator. */
  readonly clouds: Readonly<Partial<Record<Identity, string>>>;
  /** An administrator makes the identities that are not given. */
  readonly dynamicCredentials: boolean;
  /** What options say of the member, or of where the target is. */
  readonly signIn: SignInOptions;
  readonly selection: Selection;
  /** Empty: the reference of `specs/`. */
  readonly reference: ReferenceOptions;
  readonly output: string | undefined;
  readonly reporters: readonly string[] | undefined;
  /** A file of waivers. */
  readonly waivers: string | undefined;
  /** Where waivers for what failed are proposed. */
  readonly writeWaivers: string | undefined;
  readonly concurrency: number;
  readonly limits: Limits;
  /** To all services together; as fast as it goes when missing. */
  readonly requestsPerSecond: number | undefined;
  /** Multiplies every budget of time. */
  readonly patience: number;
  /** What a run may take, clean-up included; without end when missing. */
  readonly deadlineMs: number | undefined;
  readonly fixtures: Readonly<Record<string, string>>;
  readonly capabilities: Readonly<Record<string, boolean>>;
  readonly simulatorMaximum: string | undefined;
  /** What the embedded cloud allows its projects; empty: everything. */
  readonly simulatorQuotas: SimulatorQuotas;
  readonly json: boolean;
  readonly debug: boolean;
  /** What failed cases used is not removed. */
  readonly keep: boolean;
  /** Modules of suites besides ours; absolute paths. */
  readonly suites: readonly string[];
}

/** @throws UsageError */
export function readRunOptions(given: RawOptions): RunOptions {
  const raw = withProfile(given);
  const clouds = cloudNames(raw);
  const signIn = readSignInOptions({ ...raw });
  const dynamicCredentials = raw.dynamicCredentials === true;
  refuseLonely(clouds, signIn, dynamicCredentials);
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
    limits: ownLimits({
      servers: count('--max-servers', raw.maxServers ?? '24', 0),
      volumes: count('--max-volumes', raw.maxVolumes ?? '60', 0),
    }),
    requestsPerSecond: raw.requestsPerSecond === undefined ? undefined : readPace(raw.requestsPerSecond),
    patience: readPatience(raw.patience ?? '1'),
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

/** @throws UsageError when somebody is named and the member is not: the embedded cloud would be asked instead. */
function refuseLonely(clouds: RunOptions['clouds'], signIn: SignInOptions, adminSuffices: boolean): void {
  const others = identities.filter((identity) => identity !== 'member' && clouds[identity] !== undefined);
  const hasMember = clouds.member !== undefined || namesTarget(process.env, signIn.member);
  if (hasMember || others.length === 0 || (adminSuffices && clouds.admin !== undefined)) return;
  throw new UsageError(
    `${others.map((identity) => `--${identity}`).join(', ')} without a member: nobody is there to ask as; add ${identityOption('member')}, a profile by --target, or set OS_CLOUD, or OS_AUTH_URL and its like.`,
  );
}

function readSelection(raw: RawOptions): Selection {
  const level = (['must', 'should', 'may'] as const).find((known) => known === (raw.level ?? 'may'));
  if (!level) throw new UsageError(`--level ${raw.level} is none of must, should and may.`);
  const versions = raw.microversions === undefined ? undefined : parseMicroversionList(raw.microversions);
  if (versions && 'error' in versions) {
    throw new UsageError(`--microversions: "${versions.error}" is no microversion; write 2.1, 2.60-2.79 or latest.`);
  }
  return {
    include: raw.include ?? [],
    exclude: raw.exclude ?? [],
    level,
    microversions: versions?.list ?? ['all'],
    cases: readCases(raw),
    mode: readMode(raw.mode ?? 'full'),
  };
}

function readCases({ sweep, once }: RawOptions): Selection['cases'] {
  if (sweep && once) throw new UsageError('--sweep and --once exclude each other: every microversion, or one.');
  return sweep ? 'sweep' : once ? 'once' : 'revisions';
}

function readMode(text: string): Mode {
  const mode = modes.find((known) => known === text);
  if (mode) return mode;
  throw new UsageError(`--mode ${text} is none of ${modes.join(' and ')}.`);
}

/** `multiattach` or `multiattach=no`. */
function readCapabilities(texts: readonly string[]): Readonly<Record<string, boolean>> {
  return Object.fromEntries(
    texts.map((text) => {
      const [id = '', value = 'yes'] = text.split('=');
      if (id === '' || !['yes', 'no'].includes(value)) {
        throw new UsageError(`--capability ${text}: write NAME, NAME=yes or NAME=no.`);
      }
      const known = knownCapabilities.map((one) => one.id);
      if (!known.includes(id)) {
        throw new UsageError(`--capability ${text}: no clause needs it; those that count are ${known.join(', ')}.`);
      }
      return [id, value === 'yes'];
    }),
  );
}

function readPatience(text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value > 0 && value <= mostPatience) return value;
  throw new UsageError(`--patience ${text} is not a number above 0 and up to ${mostPatience}, such as 3 or 0.5.`);
}

/** Fewer would be weeks, and more are none. */
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

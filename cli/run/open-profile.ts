/** Reads the profile that `--target` names; options override it. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { identities } from '../../src/clauses/identity.ts';
import { formatDiagnostic } from '../../src/diagnostic.ts';
import { namesTarget } from '../../src/target/cloud-environment.ts';
import { readProfile, type Profile } from '../../src/target/profile.ts';
import { targetFixtureKinds } from '../../suites/capabilities.ts';
import { knownCapabilities } from '../../suites/services.ts';
import { UsageError } from '../errors.ts';
import type { RawOptions } from './raw-options.ts';
import { readSignInOptions } from './sign-in-options.ts';

/** @throws UsageError with every diagnostic of the file, one per line */
export function openProfile(file: string): Profile {
  const { profile, diagnostics } = readProfile(textOf(file), file, {
    identities,
    capabilities: knownCapabilities.map(({ id }) => id),
    fixtures: targetFixtureKinds,
  });
  if (!profile || diagnostics.length > 0) throw new UsageError(diagnostics.map(formatDiagnostic).join('\n'));
  const { waivers } = profile;
  return waivers === undefined ? profile : { ...profile, waivers: resolve(dirname(file), waivers) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`--target ${file} cannot be read. Pass the file of a profile, such as targets/devstack.yaml.`);
  }
}

/** @throws UsageError */
export function withProfile(raw: RawOptions): RawOptions {
  if (raw.target === undefined) return raw;
  const profile = openProfile(raw.target);
  const { clouds, fixtures, limits } = profile;
  const { member, ...others } = clouds;
  refuseWithoutCloud(raw, profile);
  const fromProfile = {
    ...others,
    osCloud: member,
    simulatorMaximum: raw.osCloud === undefined ? profile.simulator : undefined,
    flavor: fixtures.flavor,
    resizeFlavor: fixtures.other_flavor,
    image: fixtures.image,
    network: fixtures.network,
    volumeType: fixtures.volume_type,
    multiattachType: fixtures.multiattach_type,
    volumeSize: fixtures.volume_size,
    availabilityZone: fixtures.availability_zone,
    concurrency: asText(limits.concurrency),
    profileLimits: profile.resourceLimits.map(({ type, count, at }) => ({
      ...{ type, count, isOfProfile: true as const },
      from: `${at.file}:${at.line}`,
    })),
    requestsPerSecond: asText(limits['requests-per-second']),
    waivers: profile.waivers,
    targetName: profile.name,
  };
  const declared = Object.entries(profile.capabilities).map(([id, has]) => `${id}=${has ? 'yes' : 'no'}`);
  return { ...defined(fromProfile), ...defined(raw), capability: [...declared, ...(raw.capability ?? [])] };
}

/** @throws UsageError when neither profile nor options nor environment name a cloud */
function refuseWithoutCloud(raw: RawOptions, { clouds, simulator }: Profile): void {
  const admin = raw.dynamicCredentials ? (raw.admin ?? clouds.admin) : undefined;
  const hasCloud = [admin, raw.osCloud, raw.simulatorMaximum, clouds.member, simulator].some(
    (one) => one !== undefined,
  );
  if (hasCloud || namesTarget(process.env, readSignInOptions({ ...raw }).member)) return;
  throw new UsageError(
    `${raw.target ?? 'The profile'} does not name a cloud. Add clouds with a member to it, or pass --os-cloud CLOUD.`,
  );
}

function asText(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function defined(options: object): RawOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

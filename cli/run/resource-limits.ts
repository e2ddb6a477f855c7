/** How many resources of each type a run may have at a time: `--limit`, and the limits of a profile. */
import { ownLimits, type Limits } from '../../src/planning/limits.ts';
import { profileLimits } from '../../src/target/profile.ts';
import type { ResourceKind } from '../../src/resources/resource-type.ts';
import { pluralOf } from '../../src/resources/type-words.ts';
import { UsageError } from '../errors.ts';
import { count } from '../whole-number.ts';
import { describeNearest } from '../suggest-nearest.ts';

export interface GivenLimit {
  /** A resource type, as yet unchecked: extension suites may add types. */
  readonly type: string;
  readonly count: number;
  /** Where it was given: the option, or file and line. */
  readonly from: string;
  readonly isOfProfile?: true;
}

export interface LimitOptions {
  /** `server=24`. */
  readonly limit?: readonly string[];
  readonly profileLimits?: readonly GivenLimit[];
  readonly maxServers?: string;
  readonly maxVolumes?: string;
}

/** A later one takes precedence. @throws UsageError */
export function readLimits(raw: LimitOptions): readonly GivenLimit[] {
  const named = (option: string, type: string, text: string | undefined): readonly GivenLimit[] =>
    text === undefined ? [] : [{ type, count: count(option, text, 0), from: option }];
  return [
    ...(raw.profileLimits ?? []),
    ...named('--max-servers', 'server', raw.maxServers),
    ...named('--max-volumes', 'volume', raw.maxVolumes),
    ...(raw.limit ?? []).map(readLimit),
  ];
}

function readLimit(text: string): GivenLimit {
  const at = text.indexOf('=');
  const type = text.slice(0, Math.max(0, at));
  if (type === '') throw new UsageError(`--limit ${text} is not valid. Write TYPE=NUMBER, such as server=24.`);
  return { type, count: count(`--limit ${type}=`, text.slice(at + 1), 0), from: `--limit ${text}` };
}

/** `kinds`: the resource types of this package and of the suites. @throws UsageError for an unknown type */
export function limitsFor(given: readonly GivenLimit[], kinds: readonly ResourceKind[]): Limits {
  const known = kinds.flatMap(({ type, capacity }) => (capacity ? [type] : []));
  const limits = given.map((one) => [typeOf(one, known), one.count] as const);
  return ownLimits(kinds, Object.fromEntries(limits));
}

/** In profiles, `servers` is another name for `server`. */
function typeOf({ type, from, isOfProfile }: GivenLimit, known: readonly string[]): string {
  const found = known.find((one) => one === type || (isOfProfile && pluralOf(one).replaceAll(' ', '-') === type));
  if (found !== undefined) return found;
  const names = [...known, ...(isOfProfile ? profileLimits : [])];
  const what = `${from}: ${type} is not a resource type whose number is limited.${describeNearest(type, names)}`;
  throw new UsageError(`${what} Use one of ${names.join(', ')}; --suite adds those of an extension suite.`);
}

/** What a target offers: the microversions that it supports, and what it can do. */
import { answered, bodyOf } from '../src/conformance/matchers.ts';
import type { Capability, Target } from '../src/conformance/target.ts';
import { atPointer, jsonObject, jsonText } from '../src/json.ts';
import {
  compareMicroversions,
  parseMicroversion,
  type Microversion,
  type MicroversionRange,
} from '../src/microversion.ts';
import { fixtureOptions, knownCapabilities } from './capabilities.ts';
import { DiscoveryError, summary, type Ask } from './fixtures/ask.ts';
import type { Choice } from './fixtures/choose.ts';

/** @throws DiscoveryError */
export async function discoverRange(ask: Ask): Promise<MicroversionRange> {
  const document = await ask('compute', '/');
  const shown = answered(document, 200, 300);
  const version = jsonObject(atPointer(shown && bodyOf(shown), '/version'));
  const first = parseMicroversion(jsonText(version.min_version) ?? '');
  const last = parseMicroversion(jsonText(version.version) ?? '');
  if (!first || !last) {
    throw new DiscoveryError(`${document.request.url} is no version document of the Compute API: ${summary(document)}`);
  }
  if (compareMicroversions(first, last) <= 0 && first.major === last.major && isLikely(last)) return { first, last };
  throw new DiscoveryError(
    `${document.request.url} says that it supports microversions ${jsonText(version.min_version)} to ${jsonText(version.version)}, which cannot be; a range such as 2.1 to 2.104 is expected.`,
  );
}

/** Compute services add a few microversions in a release, so that more than this is a slip or a trap. */
const mostMinor = 10_000;

function isLikely({ minor }: Microversion): boolean {
  return minor <= mostMinor;
}

/** What a capability that is there needs to be of use. */
const foundations = { multiattach: 'multiattach_type', resize: 'other_flavor' } as const;

/**
 * Every capability that clauses need: declared by the operator, else found in the target's lists, else assumed not to be
 * there.
 *
 * @throws DiscoveryError when one is declared and there is nothing to use it with.
 */
export function discoverCapabilities(
  { fixtures, multiattach }: Choice,
  declared: Readonly<Record<string, boolean>>,
): Target['capabilities'] {
  const has = (kind: string): boolean => fixtures.some((fixture) => fixture.kind === kind);
  const found: Readonly<Record<string, Capability>> = {
    multiattach: { has: has('multiattach_type'), told: multiattach ?? 'found' },
    resize: { has: has('other_flavor'), told: 'found' },
    rescue: { has: !has('boot_from'), told: 'found' },
    'whole-api': { has: true, told: 'assumed' },
  };
  for (const [id, kind] of Object.entries(foundations)) {
    if (declared[id] !== true || has(kind)) continue;
    throw new DiscoveryError(`The capability ${id} is declared and nothing fits; name it by ${fixtureOptions[kind]}.`);
  }
  return Object.fromEntries(
    knownCapabilities.map(({ id }): [string, Capability] => {
      const said = declared[id];
      if (said !== undefined) return [id, { has: said, told: 'declared' }];
      return [id, found[id] ?? { has: false, told: 'assumed' }];
    }),
  );
}

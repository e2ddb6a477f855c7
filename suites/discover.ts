/** Discovers the microversions that a target supports and its capabilities. */
import { answered, bodyOf } from '../src/clauses/matchers.ts';
import type { Capability, Target } from '../src/planning/target.ts';
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
    throw new DiscoveryError(
      `${document.request.url} did not return a version document of the Compute API. ` +
        `Check the compute endpoint. Response: ${summary(document)}`,
    );
  }
  if (compareMicroversions(first, last) <= 0 && first.major === last.major && isLikely(last)) return { first, last };
  throw new DiscoveryError(
    `${document.request.url} reports the microversions ${jsonText(version.min_version)} to ${jsonText(version.version)}. ` +
      `Expected a range such as 2.1 to 2.104. Check the compute endpoint.`,
  );
}

/** A release of Nova adds a few microversions, so a larger number is an error of the target. */
const mostMinor = 10_000;

function isLikely({ minor }: Microversion): boolean {
  return minor <= mostMinor;
}

/** The fixture that a capability requires. */
const requiredFixtures = { multiattach: 'multiattach_type', resize: 'other_flavor' } as const;

/**
 * Every capability that clauses may need: declared by the operator, else discovered from the target's lists, else
 * assumed to be absent.
 *
 * @throws DiscoveryError when a capability is declared and its required fixture is missing
 */
export function discoverCapabilities(
  { fixtures, multiattach }: Choice,
  declared: Readonly<Record<string, boolean>>,
): Target['capabilities'] {
  const has = (kind: string): boolean => fixtures.some((fixture) => fixture.kind === kind);
  const found: Readonly<Record<string, Capability>> = {
    multiattach: { has: has('multiattach_type'), source: multiattach ?? 'found' },
    resize: { has: has('other_flavor'), source: 'found' },
    rescue: { has: !has('boot_from'), source: 'found' },
    'whole-api': { has: true, source: 'assumed' },
  };
  for (const [id, kind] of Object.entries(requiredFixtures)) {
    if (declared[id] !== true || has(kind)) continue;
    throw new DiscoveryError(
      `The capability ${id} is declared, and the target shows no suitable fixture. Pass ${fixtureOptions[kind]}.`,
    );
  }
  return Object.fromEntries(
    knownCapabilities.map(({ id }): [string, Capability] => {
      const stated = declared[id];
      if (stated !== undefined) return [id, { has: stated, source: 'declared' }];
      return [id, found[id] ?? { has: false, source: 'assumed' }];
    }),
  );
}

/** Discovers the microversions that a target supports and its capabilities. */
import { respondedWith, bodyOf } from '../src/clauses/matchers.ts';
import type { Capability, Target } from '../src/planning/target.ts';
import type { ServiceDefinition } from '../src/clauses/service-definition.ts';
import { isJsonObject, jsonList, jsonObject, jsonText, type Json, type JsonObject } from '../src/json.ts';
import {
  compareMicroversions,
  parseMicroversion,
  type Microversion,
  type MicroversionRange,
} from '../src/microversion.ts';
import type { Ask, FixtureChoice } from '../src/planning/fixture-choice.ts';
import { DiscoveryError, summary } from './target-resources/ask.ts';

/** The microversions in the version document of a service. @throws DiscoveryError */
export async function discoverRange(
  ask: Ask,
  { type, words }: Pick<ServiceDefinition, 'type' | 'words'>,
): Promise<MicroversionRange> {
  const document = await ask(type, '/');
  const shown = respondedWith(document, 200, 300);
  const version = shown && versionIn(bodyOf(shown));
  const first = parseMicroversion(jsonText(version?.min_version) ?? '');
  const last = parseMicroversion(newestIn(version) ?? '');
  if (!version || !first || !last) {
    throw new DiscoveryError(
      `${document.request.url} did not return a version document of ${words}. ` +
        `Check the ${type} endpoint. Response: ${summary(document)}`,
    );
  }
  if (compareMicroversions(first, last) <= 0 && first.major === last.major && isLikely(last)) return { first, last };
  throw new DiscoveryError(
    `${document.request.url} reports the microversions ${jsonText(version.min_version)} to ${newestIn(version)}. ` +
      `Expected a range such as 2.1 to 2.104. Check the ${type} endpoint.`,
  );
}

/** Services show one version in `version`, or several in `versions`, of which the newest has microversions. */
function versionIn(body: Json | undefined): JsonObject | undefined {
  const { version, versions } = jsonObject(body);
  const shown = isJsonObject(version) ? [version] : jsonList(versions).map(jsonObject);
  return shown.findLast((one) => jsonText(one.min_version) && newestIn(one));
}

/** Some services call it `max_version`. */
function newestIn(version: JsonObject | undefined): string | undefined {
  return jsonText(version?.version) ?? jsonText(version?.max_version);
}

/** A release adds a few microversions, so a larger number is an error of the target. */
const mostMinor = 10_000;

function isLikely({ minor }: Microversion): boolean {
  return minor <= mostMinor;
}

/**
 * Every capability that clauses of the services may need: declared by the operator, else found with the fixtures, else
 * assumed to be absent.
 *
 * @throws DiscoveryError when a capability is declared and its required fixture is missing
 */
export function discoverCapabilities(
  services: readonly ServiceDefinition[],
  { fixtures, capabilities: found }: Pick<FixtureChoice, 'fixtures' | 'capabilities'>,
  declared: Readonly<Record<string, boolean>>,
): Target['capabilities'] {
  const known = services.flatMap(({ capabilities = [] }) => capabilities);
  for (const { id, requires } of known) {
    if (declared[id] !== true || !requires || fixtures.some(({ kind }) => kind === requires.fixture)) continue;
    throw new DiscoveryError(
      `The capability ${id} is declared, and the target shows no suitable fixture. Pass ${requires.option}.`,
    );
  }
  return Object.fromEntries(
    known.map(({ id }): [string, Capability] => {
      const stated = declared[id];
      if (stated !== undefined) return [id, { has: stated, source: 'declared' }];
      return [id, found[id] ?? { has: false, source: 'assumed' }];
    }),
  );
}

/** What a target offers: the microversions it supports, and the flavor, image and types that the suites use. */
import type { Exchange } from '../src/client/exchange.ts';
import { bodyOf } from '../src/conformance/matchers.ts';
import type { Capability, Target } from '../src/conformance/target.ts';
import { atPointer, jsonList, jsonObject, jsonText, type JsonObject } from '../src/json.ts';
import { parseMicroversion, type MicroversionRange } from '../src/microversion.ts';

/** Sends a request as the member during discovery. */
export type Ask = (service: string, path: string) => Promise<Exchange>;

/** The target is not one that can be tested; the message says what was asked and what came back. */
export class DiscoveryError extends Error {
  readonly code = 'discovery';
}

/** @throws DiscoveryError */
export async function discoverRange(ask: Ask): Promise<MicroversionRange> {
  const document = await ask('compute', '/');
  const version = jsonObject(atPointer(document.response && bodyOf(document), '/version'));
  const first = parseMicroversion(jsonText(version.min_version) ?? '');
  const last = parseMicroversion(jsonText(version.version) ?? '');
  if (first && last) return { first, last };
  throw new DiscoveryError(`${document.request.url} is no version document of the Compute API: ${summary(document)}`);
}

/**
 * The smallest flavor, the smallest active image and the multiattach volume type, by id; what the operator gave wins.
 *
 * @throws DiscoveryError when there is no flavor or no image.
 */
export async function discoverFixtures(ask: Ask, given: Target['fixtures']): Promise<Target['fixtures']> {
  const [flavors, image, multiattach] = await Promise.all([
    flavorsBySize(ask),
    given.image ?? smallestImage(ask),
    given.multiattach_type ?? multiattachType(ask),
  ]);
  const flavor = given.flavor ?? idOf(flavors[0], 'a flavor', '--flavor ID');
  const other = flavors.map(({ id }) => jsonText(id)).find((id) => id !== undefined && id !== flavor);
  return {
    ...given,
    flavor,
    image,
    ...(other === undefined ? {} : { other_flavor: other }),
    ...(multiattach === undefined ? {} : { multiattach_type: multiattach }),
  };
}

/** Capabilities that the target's own lists tell; what the operator declared wins. */
export function discoverCapabilities(
  fixtures: Target['fixtures'],
  declared: Readonly<Record<string, boolean>>,
): Target['capabilities'] {
  const found: Record<string, Capability> = {
    multiattach: { has: fixtures.multiattach_type !== undefined, told: 'found' },
    resize: { has: fixtures.other_flavor !== undefined, told: 'found' },
  };
  const told = Object.entries(declared).map(([id, has]): [string, Capability] => [id, { has, told: 'declared' }]);
  return { ...found, ...Object.fromEntries(told) };
}

async function flavorsBySize(ask: Ask): Promise<readonly JsonObject[]> {
  const flavors = await items(ask, 'compute', '/flavors/detail', 'flavors');
  const size = (flavor: JsonObject, key: string): number => Number(flavor[key] ?? 0);
  return [...flavors].sort(
    (a, b) =>
      size(a, 'ram') - size(b, 'ram') || size(a, 'disk') - size(b, 'disk') || size(a, 'vcpus') - size(b, 'vcpus'),
  );
}

async function smallestImage(ask: Ask): Promise<string> {
  const images = await items(ask, 'image', '/v2/images', 'images');
  const active = images.filter(({ status }) => status === 'active');
  const sorted = [...active].sort((a, b) => Number(a.size ?? 0) - Number(b.size ?? 0));
  return idOf(sorted[0], 'an active image', '--image ID');
}

async function multiattachType(ask: Ask): Promise<string | undefined> {
  const types = await items(ask, 'block-storage', '/types', 'volume_types');
  const able = types.find((type) => jsonText(jsonObject(type.extra_specs).multiattach) === '<is> True');
  return jsonText((able ?? types.find(({ name }) => name === 'multiattach'))?.id);
}

async function items(ask: Ask, service: string, path: string, key: string): Promise<readonly JsonObject[]> {
  const list = await ask(service, path);
  if (list.response?.status !== 200) {
    throw new DiscoveryError(`${list.request.url} was asked for ${key}: ${summary(list)}`);
  }
  return jsonList(jsonObject(bodyOf(list))[key]).map(jsonObject);
}

function idOf(thing: JsonObject | undefined, what: string, option: string): string {
  const id = jsonText(thing?.id);
  if (id === undefined)
    throw new DiscoveryError(`The target offers no ${what.replace(/^an? /, '')}; name ${what} by ${option}.`);
  return id;
}

function summary({ response, failure }: Exchange): string {
  if (!response) return `no response (${failure?.code ?? 'unknown'}: ${failure?.message ?? ''}).`;
  return `answered ${response.status}: ${response.body.slice(0, 200)}`;
}

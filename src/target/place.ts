/** The part of a catalogue that a run uses: one region for all services, and the interfaces in order of preference. */
import type { Credentials, EndpointInterface } from './credentials.ts';
import type { CatalogEndpoint, CatalogService } from './keystone-token.ts';
import { namesOf, runServices } from './service-types.ts';
import { SignInError } from './sign-in-error.ts';

export interface Place {
  /** Undefined where the catalogue names no region. */
  readonly region: string | undefined;
  readonly interfaces: readonly EndpointInterface[];
}

type Asked = Pick<Credentials, 'from' | 'region' | 'interfaces' | 'endpointOverrides'>;

/**
 * The named region, else the only one. Of several interfaces, the first that every service has comes first.
 *
 * @throws SignInError when no region is named and there are several
 */
export function placeIn(catalog: readonly CatalogService[], asked: Asked): Place {
  const listed = runServices
    .filter((type) => namesOf(type).every((name) => asked.endpointOverrides[name] === undefined))
    .map((type) => ({
      type,
      endpoints: endpointsOf(type, catalog).filter((one) => asked.interfaces.some((face) => face === one.interface)),
    }));
  const region = asked.region ?? onlyRegion(listed, asked.from);
  const there = listed
    .map(({ endpoints }) => endpoints.filter((one) => region === undefined || one.region === region))
    .filter((endpoints) => endpoints.length > 0);
  const common = asked.interfaces.find((face) =>
    there.every((endpoints) => endpoints.some((one) => one.interface === face)),
  );
  const interfaces =
    common === undefined ? asked.interfaces : [common, ...asked.interfaces.filter((face) => face !== common)];
  return { region, interfaces };
}

/** All endpoints of a service in a catalogue, those under its official name first. */
export function endpointsOf(type: string, catalog: readonly CatalogService[]): readonly CatalogEndpoint[] {
  return namesOf(type).flatMap((name) =>
    catalog.filter((service) => service.type === name).flatMap(({ endpoints }) => endpoints),
  );
}

interface Listed {
  readonly type: string;
  readonly endpoints: readonly CatalogEndpoint[];
}

/** @throws SignInError */
function onlyRegion(listed: readonly Listed[], from: string): string | undefined {
  const servicesIn = new Map<string, Set<string>>();
  for (const { type, endpoints } of listed) {
    for (const { region } of endpoints) {
      if (region !== undefined) servicesIn.set(region, (servicesIn.get(region) ?? new Set()).add(type));
    }
  }
  const [first, ...others] = [...servicesIn.keys()].sort();
  if (others.length === 0) return first;
  const regions = [...servicesIn].sort(([a], [b]) => (a < b ? -1 : 1));
  throw new SignInError(
    `${from} names no region, and the catalogue has several: ${regions.map(([name, types]) => `${name} (${[...types].join(', ')})`).join('; ')}.`,
    'All services of a run are in one region. Choose it by --os-region-name, OS_REGION_NAME, or region_name in clouds.yaml.',
  );
}

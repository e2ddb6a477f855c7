/**
 * The header with which requests ask for a microversion, and responses name it: `OpenStack-API-Version: compute 2.60`,
 * or a header of the service's own with the microversion alone: `X-OpenStack-Ironic-API-Version: 1.58`.
 */
import type { Contracts } from './contracts.ts';
import type { Negotiation } from './model.ts';

/** The header, and the service name in it; without a name its value is the microversion alone. */
export type VersionHeader = Pick<Negotiation, 'header' | 'serviceName'>;

/** By service type. */
export type VersionHeaders = Readonly<Record<string, VersionHeader>>;

/** The headers of several services; those of a contract take precedence over declared ones. */
export function versionHeadersOf(contracts: Contracts, declared: VersionHeaders): VersionHeaders {
  const stated = contracts.flatMap(({ service, microversions }) => (microversions ? [[service, microversions]] : []));
  return { ...declared, ...(Object.fromEntries(stated) as VersionHeaders) };
}

/** Of a service for which none is known: the standard header with the service type. */
export function versionHeaderOf(headers: VersionHeaders, service: string): VersionHeader {
  return headers[service] ?? { header: 'OpenStack-API-Version', serviceName: service };
}

/** The value of the header. */
export function versionValue({ serviceName }: VersionHeader, version: string): string {
  return serviceName === undefined ? version : `${serviceName} ${version}`;
}

/**
 * The microversion that a request asks for, as text; undefined where it asks for none. `valuesOf` returns the values
 * of a header in their order. The last value counts, and the legacy header only without the other one.
 */
export function requestedVersion(
  valuesOf: (header: string) => readonly string[],
  { header, serviceName, legacyHeader }: Negotiation,
): string | undefined {
  const values = valuesOf(header)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim().split(/\s+/));
  const named = values.findLast(([name]) => serviceName === undefined || name?.toLowerCase() === serviceName);
  if (named) return named[serviceName === undefined ? 0 : 1];
  return legacyHeader === undefined ? undefined : valuesOf(legacyHeader).at(-1);
}

/**
 * The header with which requests ask for a microversion, and responses name it: `OpenStack-API-Version: compute 2.60`,
 * or a header of the service's own with the microversion alone: `X-OpenStack-Ironic-API-Version: 1.58`.
 */
import type { Negotiation } from './model.ts';

type HeaderOf = Pick<Negotiation, 'header' | 'serviceName'>;

/** The value of the header. */
export function versionValue({ serviceName }: HeaderOf, version: string): string {
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

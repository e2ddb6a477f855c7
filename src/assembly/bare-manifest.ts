/** A manifest for trees that have none: their microversions begin where the trees begin to speak of them. */
import type { ServiceManifest } from './model.ts';
import { compareMicroversions, previousMicroversion, type Microversion } from '../microversion.ts';
import type { Reference } from '../reference/model.ts';

export function bareManifest(references: readonly Reference[]): ServiceManifest {
  const [lowest] = references.flatMap(versionsIn).toSorted(compareMicroversions);
  return {
    service: 'reference',
    origin: { title: 'API reference', revision: 'unknown', date: 'unknown', license: 'unknown' },
    ...(lowest && { microversions: { ...negotiation, range: { first: firstOf(lowest), last: undefined } } }),
    operations: [],
  };
}

const negotiation = { header: 'OpenStack-API-Version', serviceName: 'unknown' };

/** What has no version stands for what was before the first change. */
function firstOf(lowest: Microversion): Microversion {
  return lowest.minor > 1 ? (previousMicroversion(lowest) ?? lowest) : lowest;
}

/** Those of definitions and samples; in prose a version may be anything's. */
export function versionsIn({ operations, parameterFiles }: Reference): readonly Microversion[] {
  const definitions = parameterFiles.flatMap((file) => file.definitions);
  const samples = operations.flatMap((operation) => operation.samples);
  return [
    ...definitions.flatMap(({ minVersion, maxVersion }) => [minVersion ?? [], maxVersion ?? []].flat()),
    ...samples.flatMap(({ version, variants }) => [version ?? [], ...variants.map((one) => one.version ?? [])].flat()),
  ];
}

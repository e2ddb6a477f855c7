/** The specs of one service, by its type. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';
import { servicesIn } from '../service-specs.ts';
import { describeNearest } from '../suggest-nearest.ts';
import { UsageError } from '../errors.ts';

export const ownSpecs = join(packageRoot, 'specs');

/** The folder of the service; it has the manifest `service.yaml`. @throws UsageError for an unknown service */
export function specsOf(service: string, specs = ownSpecs): string {
  const known = existsSync(specs) ? servicesIn(specs) : [];
  if (known.includes(service)) return join(specs, service);
  const others = known.length === 0 ? '' : `Pass one of ${known.join(', ')}, or write `;
  throw new UsageError(
    `--service ${service} is unknown: there is no manifest ${join(specs, service, 'service.yaml')}.${describeNearest(service, known)} ${others === '' ? 'Write it.' : `${others}the manifest.`}`,
  );
}

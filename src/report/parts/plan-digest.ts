/**
 * The digest of a whole plan and its inputs, by which runs on different machines find out that they share the plan.
 */
import { createHash } from 'node:crypto';
import type { RunLine } from '../../records/journal.ts';
import { describeMicroversions } from '../describe-target.ts';
import { siteOf } from './same-target.ts';

/** Takes the run line of the whole plan. SHA-256, hexadecimal. */
export function planDigest({ tool, target, contracts, cases, clauses, waivers }: RunLine): string {
  const { name, release, services, identities, capabilities } = target;
  const plan = {
    tool: tool.version,
    // The embedded cloud has different ports and projects each time.
    target: release === undefined ? [name, sites(services)] : [name, release],
    microversions: describeMicroversions(target),
    contracts: contracts.map(({ service, digest }) => [service, digest]),
    identities: identities.filter(({ given }) => given).map(({ role }) => role),
    capabilities: capabilities
      .filter(({ has }) => has)
      .map(({ id }) => id)
      .sort(),
    waivers,
    clauses: clauses.map(({ id, statement }) => [id, statement]).sort(),
    cases: cases.map(({ id, verdict }) => [id, verdict?.is ?? 'open']).sort(),
  };
  return createHash('sha256').update(JSON.stringify(plan)).digest('hex');
}

function sites(services: RunLine['target']['services']): readonly (readonly [string, string])[] {
  return Object.entries(services)
    .map(([service, { endpoint }]): readonly [string, string] => [service, siteOf(endpoint) ?? ''])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

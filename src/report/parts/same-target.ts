/**
 * Compares target, contract and harness of two runs.
 */
import type { RunLine } from '../../records/journal.ts';
import type { TargetFacts } from '../../records/run-facts.ts';
import { describeMicroversions } from '../describe-target.ts';

/** Of a run, or of one that is about to start. */
export type Setting = Pick<RunLine, 'tool' | 'target' | 'contracts'>;

/**
 * The first difference as a clause without full stop; undefined if there is none. Ignores identities and capabilities.
 */
export function differentTarget(a: Setting, b: Setting): string | undefined {
  if (a.target.name !== b.target.name) return `one is on ${a.target.name}, the other on ${b.target.name}`;
  const service = differentEndpoint(a.target, b.target);
  if (service !== undefined) {
    const [one, other] = [a.target, b.target].map(({ services }) => services[service]?.endpoint ?? 'none');
    return `the ${service} endpoint of one is ${one}, of the other ${other}`;
  }
  const [one, other] = [describeMicroversions(a.target), describeMicroversions(b.target)];
  if (one !== other) return `the target supported ${one} in one and ${other} in the other`;
  if (digestsOf(a) !== digestsOf(b)) return 'their contracts differ';
  if (a.tool.version !== b.tool.version)
    return `one was made by release ${a.tool.version}, the other by ${b.tool.version}`;
  return undefined;
}

/** Of all contracts, as one text. */
export function digestsOf({ contracts }: Pick<Setting, 'contracts'>): string {
  return contracts.map(({ service, digest }) => `${service} ${digest}`).join(', ');
}

/** The embedded cloud has different ports and projects each time. */
function differentEndpoint(a: TargetFacts, b: TargetFacts): string | undefined {
  if (a.release !== undefined && a.release === b.release) return undefined;
  const services = [...new Set([...Object.keys(a.services), ...Object.keys(b.services)])].sort();
  return services.find((type) => siteOf(a.services[type]?.endpoint) !== siteOf(b.services[type]?.endpoint));
}

/**
 * An endpoint without the project id at its end, which depends on the caller and changes when a cloud is redeployed.
 */
export function siteOf(endpoint: string | undefined): string | undefined {
  return endpoint?.replace(/\/(?:AUTH_)?[0-9a-f]{32}\/?$/, '');
}

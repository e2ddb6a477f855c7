/**
 * Were two runs on the same target, with the same contract and the same harness?
 */
import type { RunLine } from '../journal.ts';
import type { TargetFacts } from '../record.ts';

/** Of a run, or of one that is to come. */
export type Setting = Pick<RunLine, 'tool' | 'target' | 'contract'>;

/** What is not the same, as half a sentence; undefined: nothing. Who was asked as, and what the target can do, is not looked at. */
export function differentTarget(a: Setting, b: Setting): string | undefined {
  if (a.target.name !== b.target.name) return `one is on ${a.target.name}, the other on ${b.target.name}`;
  const service = differentEndpoint(a.target, b.target);
  if (service !== undefined) {
    const [one, other] = [a.target, b.target].map(({ endpoints }) => endpoints[service] ?? 'nowhere');
    return `the ${service} endpoint of one is ${one}, of the other ${other}`;
  }
  if (a.target.microversions !== b.target.microversions) {
    return `the target supported ${a.target.microversions} in one and ${b.target.microversions} in the other`;
  }
  if (a.contract.digest !== b.contract.digest) return 'their contracts are not the same';
  if (a.tool.version !== b.tool.version) return `one is of release ${a.tool.version}, the other of ${b.tool.version}`;
  return undefined;
}

/** The embedded cloud has other ports and projects each time. */
function differentEndpoint(a: TargetFacts, b: TargetFacts): string | undefined {
  if (a.release !== undefined && a.release === b.release) return undefined;
  const services = [...new Set([...Object.keys(a.endpoints), ...Object.keys(b.endpoints)])].sort();
  return services.find((service) => siteOf(a.endpoints[service]) !== siteOf(b.endpoints[service]));
}

/** An endpoint without the project at its end: that is of whoever asks, and another one after a cloud was set up anew. */
export function siteOf(endpoint: string | undefined): string | undefined {
  return endpoint?.replace(/\/(?:AUTH_)?[0-9a-f]{32}\/?$/, '');
}

/** Words what a run was tested on and against: supported microversions and references, by service. */
import type { ContractFacts, TargetFacts } from '../records/run-facts.ts';

/** `2.1-2.104`, or with several tested services `block-storage 3.0-3.71, compute 2.1-2.104`. */
export function describeMicroversions({ services }: Pick<TargetFacts, 'services'>): string {
  const ranges = Object.entries(services)
    .flatMap(([type, { microversions }]) => (microversions === undefined ? [] : [{ type, microversions }]))
    .sort((a, b) => (a.type < b.type ? -1 : 1));
  if (ranges.length === 0) return 'none';
  if (ranges.length === 1) return ranges.map(({ microversions }) => microversions).join();
  return ranges.map(({ type, microversions }) => `${type} ${microversions}`).join(', ');
}

/** Title and revision of each reference. */
export function describeReferences(contracts: readonly ContractFacts[]): string {
  return contracts.map(({ origin: { title, revision } }) => `${title}, ${revision}`).join('; ');
}

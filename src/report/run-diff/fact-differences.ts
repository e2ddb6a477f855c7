/**
 * Lists what else differs between two runs: target, reference, identities, capabilities, and the harness itself.
 */
import type { IdentityFacts } from '../../records/run-facts.ts';
import type { RunReport } from '../../records/report.ts';
import { describeMicroversions, describeReferences } from '../describe-target.ts';
import type { FactDifference } from '../../records/diff.ts';

export function factDifferences(before: RunReport, after: RunReport): readonly FactDifference[] {
  const [was, is] = [factsOf(before), factsOf(after)];
  const names = [...new Set([...was.keys(), ...is.keys()])];
  return names
    .map((fact) => ({ fact, before: was.get(fact) ?? 'none', after: is.get(fact) ?? 'none' }))
    .filter((difference) => difference.before !== difference.after);
}

function factsOf({ tool, target, contracts, run }: RunReport): ReadonlyMap<string, string> {
  return new Map([
    ['harness', `${tool.name} ${tool.version}`],
    ['target', target.name],
    ['microversions', describeMicroversions(target)],
    ['reference', describeReferences(contracts)],
    ['contract', contracts.map(({ digest }) => digest.slice(0, 12)).join(', ')],
    ...target.identities.map((one): [string, string] => [one.role, describeIdentity(one)]),
    ...target.capabilities.map(({ id, has }): [string, string] => [`capability ${id}`, has ? 'yes' : 'no']),
    ['ended', run.ended],
  ]);
}

function describeIdentity({ given, made, unusable }: IdentityFacts): string {
  if (given) return made ? 'created for the run' : 'given';
  return unusable === undefined ? 'not given' : 'cannot be used';
}

/**
 * Lists what else differs between two runs: target, reference, identities, capabilities, and the harness itself.
 */
import type { IdentityFacts } from '../../records/run-facts.ts';
import type { RunReport } from '../../records/report.ts';
import type { FactDifference } from '../../records/diff.ts';

export function factDifferences(before: RunReport, after: RunReport): readonly FactDifference[] {
  const [was, is] = [factsOf(before), factsOf(after)];
  const names = [...new Set([...was.keys(), ...is.keys()])];
  return names
    .map((fact) => ({ fact, before: was.get(fact) ?? 'none', after: is.get(fact) ?? 'none' }))
    .filter((difference) => difference.before !== difference.after);
}

function factsOf({ tool, target, contract, run }: RunReport): ReadonlyMap<string, string> {
  return new Map([
    ['harness', `${tool.name} ${tool.version}`],
    ['target', target.name],
    ['microversions', target.microversions],
    ['reference', `${contract.origin.title}, ${contract.origin.revision}`],
    ['contract', contract.digest.slice(0, 12)],
    ...target.identities.map((one): [string, string] => [one.role, wordIdentity(one)]),
    ...target.capabilities.map(({ id, has }): [string, string] => [`capability ${id}`, has ? 'yes' : 'no']),
    ['ended', run.ended],
  ]);
}

function wordIdentity({ given, made, unusable }: IdentityFacts): string {
  if (given) return made ? 'created for the run' : 'given';
  return unusable === undefined ? 'not given' : 'cannot be used';
}

/** Holds a journal to its evidence: each case that was tried is judged once more, by the same checks. */
import type { Clause, Identity } from '../../src/conformance/clause.ts';
import { judgeAgain, type Evidence } from '../../src/conformance/playback.ts';
import type { CaseId, PlannedCase } from '../../src/conformance/plan-cases.ts';
import type { Target } from '../../src/conformance/target.ts';
import type { Verdict } from '../../src/conformance/verdict.ts';
import type { Contract } from '../../src/contract/model.ts';
import { microversion, range } from '../../src/microversion.ts';
import { boundVerdict } from '../../src/report/bound-json.ts';
import type { CaseLine, Journal } from '../../src/report/journal.ts';
import type { TargetFacts } from '../../src/report/record.ts';

export interface JudgedAgain {
  /** How many cases came to the same verdict, with the same findings. */
  readonly same: number;
  /** Cases that nothing was kept of, because nothing could be: errors of the harness or the network. */
  readonly unkept: number;
  readonly others: readonly OtherVerdict[];
}

export interface OtherVerdict {
  readonly case: string;
  readonly told: Verdict;
  readonly found: Verdict;
}

export async function judgeRunAgain(
  { header, earlier = [], results }: Journal,
  contract: Contract,
  clauses: ReadonlyMap<string, Clause>,
  evidenceOf: (line: Pick<CaseLine, 'evidence'>) => Evidence | undefined,
): Promise<JudgedAgain> {
  const judge = judgeAgain(contract, targetOfFacts(header.target));
  const planned = new Map(header.cases.map((one) => [one.id, one]));
  const others: OtherVerdict[] = [];
  let [same, unkept] = [0, 0];
  for (const line of [...earlier, ...results]) {
    const clause = clauses.get(planned.get(line.id)?.clause ?? '');
    const evidence = evidenceOf(line);
    if (!evidence && line.verdict.is !== 'pass' && line.verdict.is !== 'fail' && line.verdict.is !== 'warn') {
      unkept += 1;
      continue;
    }
    const found = !clause
      ? missing('No clause has this id any more.')
      : !evidence
        ? missing('The case has no evidence.')
        : await judge(clause, plannedCase(clause, line.id), evidence);
    if (isSame(line.verdict, boundVerdict(found))) same += 1;
    else others.push({ case: line.id, told: line.verdict, found });
  }
  return { same, unkept, others };
}

function missing(reason: string): Verdict {
  return { is: 'error', reason };
}

function plannedCase(clause: Clause, id: string): PlannedCase {
  return { id: id as CaseId, clause: clause.id, microversion: microversion(id.split('@')[1] ?? '') };
}

function isSame(told: Verdict, found: Verdict): boolean {
  // What the harness could not decide has its cause outside of the evidence, such as a time-out.
  if (told.is === 'error') return found.is !== 'fail';
  return JSON.stringify(told) === JSON.stringify(found);
}

function targetOfFacts({ name, endpoints, microversions, identities, capabilities, fixtures }: TargetFacts): Target {
  return {
    name,
    endpoints,
    range: range(microversions),
    identities: new Set(identities.flatMap(({ role, given }) => (given ? [role as Identity] : []))),
    capabilities: Object.fromEntries(capabilities.map(({ id, has, told }) => [id, { has, told }])),
    fixtures,
  };
}

/**
 * Proposes a file of waivers for the clauses that failed in a run. Owner, reason, link and expiry date are empty, and
 * the file is rejected until they are filled in.
 */
import { groupBy } from '../group-by.ts';
import { printable } from './printable.ts';
import type { CaseReport, ClauseReport } from '../records/report.ts';
import type { RunRecord } from './record.ts';
import { describeCase } from './describe-case.ts';

export function proposeWaivers(record: RunRecord): string {
  const { report } = record;
  const failed = groupBy(report.cases.filter(isUnlisted), ({ clause }) => clause);
  const entries = report.clauses.flatMap((clause) => {
    const cases = failed.get(clause.id);
    return cases ? [entry(record, clause, cases)] : [];
  });
  const head = [
    `# Proposed from run ${report.run.name} of ${report.run.startedAt}: ${entries.length} failed clauses.`,
    '# Keep the known and accepted failures and fill in reason, link, owner and the last day. Delete the rest.',
  ];
  return `${[head.join('\n'), ...(entries.length === 0 ? ['[]'] : entries)].join('\n\n')}\n`;
}

/** Failed because of the target, not because of its waiver. */
function isUnlisted({ verdict }: CaseReport): boolean {
  return verdict.is === 'fail' && verdict.findings.every(({ kind }) => kind !== 'waiver');
}

function entry(record: RunRecord, { id, statement }: ClauseReport, cases: readonly CaseReport[]): string {
  const findings = cases.slice(0, 1).flatMap((one) => describeCase(record, one).findings.slice(0, 1));
  return [
    `# ${printable(statement, 1000)}`,
    `# Failed at ${cases.map(({ microversion }) => microversion).join(', ')}.`,
    ...findings.map(({ sentence }) => `# ${printable(sentence, 1000)}`),
    `- clause: ${id}`,
    `  target: ${JSON.stringify(record.report.target.name)}`,
    ...['reason', 'link', 'owner', 'expires'].map((key) => `  ${key}: ""`),
  ].join('\n');
}

/**
 * A file of waivers for the clauses that failed in a run, for people to review: who answers for each, why and until when
 * is left empty, and until somebody fills it in, the file is refused.
 */
import { groupBy } from '../group-by.ts';
import { printable } from './printable.ts';
import type { CaseReport, ClauseReport, RunRecord } from './record.ts';
import { tellCase } from './tell-case.ts';

export function proposeWaivers(record: RunRecord): string {
  const { report } = record;
  const failed = groupBy(report.cases.filter(isUnlisted), ({ clause }) => clause);
  const entries = report.clauses.flatMap((clause) => {
    const cases = failed.get(clause.id);
    return cases ? [entry(record, clause, cases)] : [];
  });
  const head = [
    `# Proposed from run ${report.run.name} of ${report.run.startedAt}: ${entries.length} failed clauses.`,
    '# Keep what is known and accepted; fill in reason, link, owner and the last day. Delete the rest.',
  ];
  return `${[head.join('\n'), ...(entries.length === 0 ? ['[]'] : entries)].join('\n\n')}\n`;
}

/** Failed for what the target does, not for what its waiver says. */
function isUnlisted({ verdict }: CaseReport): boolean {
  return verdict.is === 'fail' && verdict.findings.every(({ kind }) => kind !== 'waiver');
}

function entry(record: RunRecord, { id, statement }: ClauseReport, cases: readonly CaseReport[]): string {
  const told = cases.slice(0, 1).flatMap((one) => tellCase(record, one).findings.slice(0, 1));
  return [
    `# ${printable(statement, 1000)}`,
    `# Failed at ${cases.map(({ microversion }) => microversion).join(', ')}.`,
    ...told.map(({ sentence }) => `# ${printable(sentence, 1000)}`),
    `- clause: ${id}`,
    `  target: ${JSON.stringify(record.report.target.name)}`,
    ...['reason', 'link', 'owner', 'expires'].map((key) => `  ${key}: ""`),
  ].join('\n');
}

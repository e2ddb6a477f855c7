/** Sentences on how many failures a second attempt, alone and on fresh fixtures, confirmed, and why not the others. */
import { groupBy } from '../group-by.ts';
import type { CaseReport, RunReport } from '../records/report.ts';

/** Empty if there is no failure of this kind. */
export function describeConfirmed(
  { cases }: Pick<RunReport, 'cases'>,
  kind: 'fail' | 'warn' | 'waived',
): readonly string[] {
  const failed = cases.filter(
    ({ verdict }) => verdict.is === kind && verdict.findings.some((one) => one.kind !== 'waiver'),
  );
  if (failed.length === 0) return [];
  const once = failed.filter(({ unconfirmed }) => unconfirmed !== undefined);
  const again = failed.length - once.length;
  const subject = failed.length === 1 ? '1 case' : `${failed.length} cases`;
  return [
    `Of ${subject}, ${again} ${again === 1 ? 'was' : 'were'} confirmed: run again alone on fresh fixtures, with the same verdict.`,
    ...[...groupBy(once, reasonOf)].map(([reason, alike]) => `${alike.length} not confirmed. ${reason}`),
  ];
}

/** Leaves out details that each case shows itself, so that equal reasons are counted together. */
function reasonOf({ unconfirmed = '' }: CaseReport): string {
  return unconfirmed
    .replace(/ at [^ ].*$/, ' at another microversion.')
    .replace(/^(Run again alone, the verdict was [a-z-]+):.*$/s, '$1.');
}

/** How many failures were seen a second time, alone and on fresh fixtures, and why the others were not: in sentences. */
import { groupBy } from '../group-by.ts';
import type { CaseReport, RunReport } from './record.ts';

/** Empty where nothing of the kind failed. */
export function wordConfirmed(
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

/** Where and with what the others of a finding were confirmed is told with each case. */
function reasonOf({ unconfirmed = '' }: CaseReport): string {
  return unconfirmed
    .replace(/ at [^ ].*$/, ' at another microversion.')
    .replace(/^(Run again alone, it was [a-z-]+):.*$/s, '$1.');
}

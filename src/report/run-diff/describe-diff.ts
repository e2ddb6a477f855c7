/**
 * Texts of a difference that all of its renderers share.
 */
import { groupBy } from '../../group-by.ts';
import { changes } from '../../records/changes.ts';
import type { CaseChange, CaseState, RunDiff } from '../../records/diff.ts';

export { changes };

/** `1 clause regressed (2 cases), 3 fixed, 529 unchanged.` */
export function describeCounts({ counts }: RunDiff): string {
  const listed = changes.filter(
    (change) => change === 'regressed' || change === 'unchanged' || counts.clauses[change] > 0,
  );
  const parts = listed.map((change, index) => {
    const many = counts.clauses[change];
    const noun = index === 0 ? (many === 1 ? ' clause' : ' clauses') : '';
    const cases = counts.cases[change];
    const also = change === 'unchanged' || many === 0 ? '' : ` (${cases} ${cases === 1 ? 'case' : 'cases'})`;
    return `${many}${noun} ${change}${also}`;
  });
  return `${parts.join(', ')}.`;
}

export interface CaseGroup {
  /** `pass -> fail at 2.70, 2.79`. */
  readonly head: string;
  /** The findings or reasons of the first case, from the run that explains the change. */
  readonly because: readonly string[];
}

/** Groups cases of one clause that changed alike; the first represents the group. */
export function groupCases(cases: readonly CaseChange[]): readonly CaseGroup[] {
  const groups = groupBy(cases, ({ change, before, after }) => `${change} ${before.is} ${after.is}`);
  return [...groups.values()].flatMap((alike) =>
    alike.slice(0, 1).map((first) => ({
      head: `${first.before.is} -> ${first.after.is} at ${alike.map(({ microversion }) => microversion).join(', ')}`,
      because: explanationOf(first),
    })),
  );
}

export interface Absence {
  /** `pass, and absent before: The target supports 2.1-2.100 only.` */
  readonly sentence: string;
  /** The findings or reasons of the first case; empty if it passed. */
  readonly because: readonly string[];
  readonly cases: readonly string[];
}

/** Groups cases that only one run has, by verdict and reason; the largest group comes first. */
export function groupAbsences({ clauses }: RunDiff, change: 'added' | 'removed'): readonly Absence[] {
  const cases = clauses.flatMap((clause) =>
    clause.change === 'added' || clause.change === 'removed' ? clause.cases.filter((one) => one.change === change) : [],
  );
  const [there, elsewhere] = change === 'added' ? (['after', 'before'] as const) : (['before', 'after'] as const);
  const sentenceOf = (one: CaseChange): string =>
    `${one[there].is} ${there}, ${one[elsewhere].is} ${elsewhere}: ${one[elsewhere].because.join(' ')}`;
  return [...groupBy(cases, sentenceOf)]
    .map(([sentence, alike]) => ({
      sentence,
      because: alike.slice(0, 1).flatMap((first) => first[there].because),
      cases: alike.map(({ id }) => id),
    }))
    .sort((a, b) => b.cases.length - a.cases.length || (a.sentence < b.sentence ? -1 : 1));
}

function explanationOf({ change, before, after }: CaseChange): readonly string[] {
  if (change === 'added' || change === 'changed') return [...labelled('before', before), ...labelled('after', after)];
  if (change === 'fixed') return labelled('before', before);
  return after.because;
}

function labelled(label: string, { because }: CaseState): readonly string[] {
  return because.map((text) => `${label}: ${text}`);
}

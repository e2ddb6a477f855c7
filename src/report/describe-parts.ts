/** Words the shard of a run, the runs whose results it includes, and the cases that it tried again. */
import { groupBy } from '../group-by.ts';
import type { CaseReport, RunFacts, RunReport } from '../records/report.ts';

/** `shard 2 of 3`; undefined for a run that is not a shard. */
export function describeShard({ shard }: RunFacts): string | undefined {
  return shard && `shard ${shard.index} of ${shard.total}`;
}

/** `osc-7f3a91 of 2026-03-01T10:00:00.000Z, …`: the runs whose results it includes; undefined without any. */
export function describeParts({ parts = [] }: RunFacts): string | undefined {
  return parts.length === 0 ? undefined : parts.map(({ name, startedAt }) => `${name} of ${startedAt}`).join(', ');
}

/** `fail in osc-7f3a91, fail now, pass alone`; undefined for a case that was tried once. */
export function describeAttempts(
  { attempts = [], verdict }: CaseReport,
  run: Pick<RunFacts, 'name'>,
): string | undefined {
  if (attempts.length < 2) return undefined;
  const isOnlyNow = attempts.filter((attempt) => attempt.run === run.name).length === 1;
  return attempts
    .map((attempt) => {
      const { is } = isOnlyNow && attempt.run === run.name ? verdict : attempt.verdict;
      return `${is} ${attempt.run === run.name ? '' : `in ${attempt.run} `}${attempt.alone ? 'alone' : attempt.run === run.name ? 'now' : ''}`.trim();
    })
    .join(', ');
}

/**
 * One line for the cases of a clause with the same attempts: `…#echoes-tag at 2.70, 2.104: fail in osc-7f3a91, pass
 * now`. Cases whose attempts all agree are left out: they are listed by their verdict.
 */
export function describeRetried({ cases, run }: RunReport): readonly string[] {
  const retried = cases.flatMap((one) => {
    const words = describeAttempts(one, run);
    const { attempts = [] } = one;
    const isAsBefore = new Set(attempts.map((attempt) => `${attempt.run} ${attempt.verdict.is}`)).size === 1;
    return words === undefined || isAsBefore ? [] : [{ ...one, words }];
  });
  return [...groupBy(retried, ({ clause, words }) => `${clause} ${words}`).values()].flatMap((alike) =>
    alike.slice(0, 1).map(({ clause, words }) => {
      const versions = alike.map(({ microversion }) => microversion).join(', ');
      return `${clause} at ${versions}: ${words}`;
    }),
  );
}

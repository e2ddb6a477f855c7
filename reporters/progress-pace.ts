/** Measures how long the cases of a run take and estimates the time left. */
import type { CaseReport } from '../src/records/report.ts';

export interface Left {
  /** Undefined while it cannot be estimated. */
  readonly ms: number | undefined;
  /** The number of cases to retry at the end, one after the other. */
  readonly again: number;
  /** All cases were tried once. */
  readonly isOver: boolean;
}

export interface PaceOfCases {
  readonly done: (result: Pick<CaseReport, 'id' | 'clause' | 'verdict' | 'durationMs'>, at: number) => void;
  readonly left: (at: number, planned: number) => Left;
}

const finalVerdicts: ReadonlySet<string> = new Set(['pass', 'waived', 'not-applicable', 'not-attempted']);

export function createPaceOfCases(startedAt: number): PaceOfCases {
  const ids = new Set<string>();
  /** By clause and verdict: one case of each is retried. */
  const open = new Map<string, number>();
  let firstAt = startedAt;
  let lastAt = startedAt;
  return {
    done: ({ id, clause, verdict, durationMs }, at) => {
      const isFirst = !ids.has(id);
      if (ids.size === 0) firstAt = at;
      ids.add(id);
      lastAt = at;
      for (const key of isFirst ? [] : [...open.keys()].filter((one) => one.startsWith(`${clause} `))) open.delete(key);
      if (isFirst && !finalVerdicts.has(verdict.is)) open.set(`${clause} ${verdict.is}`, durationMs);
    },
    left: (at, planned) => {
      const again = [...open.values()].reduce((sum, ms) => sum + ms, 0);
      const isOver = ids.size >= planned;
      const shape = { again: open.size, isOver };
      if (isOver) return { ...shape, ms: again };
      // The time before the first case, for example until servers have booted, is needed only once.
      if (ids.size < 2) return { ...shape, ms: undefined };
      const each = (lastAt - firstAt) / (ids.size - 1);
      // A pending case is assumed to need at least as long again as it has taken so far.
      return { ...shape, ms: Math.max(each * (planned - ids.size), at - lastAt) + again };
    },
  };
}

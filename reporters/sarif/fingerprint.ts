/** Identifies a deviation across runs: the same clause, the same kind of verdict, the same target. */
import { createHash } from 'node:crypto';
import type { ClauseReport, RunReport } from '../../src/records/report.ts';

/** Contains neither line nor run, so that it stays the same when the specs grow. */
export function fingerprint({ target }: RunReport, { id }: ClauseReport, kind: string): string {
  const level = kind === 'warn' ? 'warning' : kind === 'unstable' ? 'review' : 'error';
  return createHash('sha256')
    .update(JSON.stringify([target.name, id, level]))
    .digest('hex')
    .slice(0, 32);
}

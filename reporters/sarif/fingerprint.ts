/** Tells one departure from another across runs: the same clause, departed from in the same way on the same target. */
import { createHash } from 'node:crypto';
import type { ClauseReport, RunReport } from '../../src/report/record.ts';

/** Neither line nor run is in it, so that it stays when the specs grow. */
export function fingerprint({ target }: RunReport, { id }: ClauseReport, kind: string): string {
  const level = kind === 'warn' ? 'warning' : kind === 'unstable' ? 'review' : 'error';
  return createHash('sha256')
    .update(JSON.stringify([target.name, id, level]))
    .digest('hex')
    .slice(0, 32);
}

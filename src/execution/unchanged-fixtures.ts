/** Whether the fixtures of a further attempt are as they were built, so that the next one may start from them too. */
import type { CaseResult } from './run-case.ts';
import { isReading } from '../resources/ownership-guard.ts';

/** Nothing was accepted or failed that may have changed them: each changing request was refused with a 4xx status. */
export function leavesFixturesUnchanged({ exchanges }: Pick<CaseResult, 'exchanges'>): boolean {
  return exchanges.every(({ purpose, request: { method }, response }) => {
    if (purpose === 'observation' || isReading(method)) return true;
    return response !== undefined && response.status >= 400 && response.status < 500;
  });
}

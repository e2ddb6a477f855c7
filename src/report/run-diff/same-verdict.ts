/** Whether two verdicts have the same content. Names and ids that differ in every run are ignored. */
import { essenceOf } from '../../clauses/comparable-verdict.ts';
import type { Verdict } from '../../clauses/verdict.ts';

export function saysTheSame(a: Verdict, b: Verdict): boolean {
  return a.is === b.is && essenceOf(a) === essenceOf(b);
}

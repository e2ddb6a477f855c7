/** A text without the names, ids, addresses and times of one run, so that it applies to the release. */
export { masked as ofAnyRun } from '../clauses/comparable-verdict.ts';

/** What a text says of a release, without the names, ids, places and times of one run. */
export { masked as ofAnyRun } from '../conformance/essence.ts';

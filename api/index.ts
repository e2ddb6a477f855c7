/**
 * What others may build on: the types of suites, recipes and reporters of their own, and the few functions that their
 * checks need. Nothing else of the package is promised to stay.
 */
export type { Check, Statement } from '../src/conformance/clause.ts';
export type { Identity } from '../src/conformance/identity.ts';
export type { Recipe, Recipes, Scene } from '../src/conformance/recipe.ts';
export type { CallOptions, Stage, Wait } from '../src/conformance/stage.ts';
export type { Suite, SuiteClause } from '../src/conformance/suite.ts';
export type { Finding, Level, Verdict, VerdictKind } from '../src/conformance/verdict.ts';
export type { Exchange } from '../src/client/exchange.ts';
export type { CaseReport, ClauseReport, Reporter, ReportFile, RunRecord, RunReport } from '../src/report/record.ts';
export type { Json, JsonObject } from '../src/json.ts';
export { NotBound, Unreached } from '../src/conformance/errors.ts';
export {
  bodyOf,
  expectFault,
  expectHeader,
  expectJson,
  expectNoBody,
  expectStatus,
  expectValue,
  headerValue,
} from '../src/conformance/matchers.ts';
export { atPointer } from '../src/json.ts';
export { given, type Given } from '../suites/compute/given.ts';

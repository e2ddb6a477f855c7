/**
 * The public API: the types for external suites, recipes and reporters, and the functions that their checks need.
 * Nothing else of the package is stable.
 */
export type { Check, Statement } from '../src/clauses/clause.ts';
export type { Identity } from '../src/clauses/identity.ts';
export type { Recipe, Recipes, RequestTemplate } from '../src/clauses/recipe.ts';
export type { CallOptions, CheckContext, Wait } from '../src/clauses/check-context.ts';
export type { Suite, SuiteClause } from '../src/clauses/extension-suite.ts';
export type { Finding, Level, Verdict, VerdictKind } from '../src/clauses/verdict.ts';
export type { Exchange } from '../src/client/exchange.ts';
export type { CaseReport, ClauseReport, RunReport } from '../src/records/report.ts';
export type { Reporter, ReportFile, RunRecord } from '../src/report/record.ts';
export type { Json, JsonObject } from '../src/json.ts';
export { NotBound, Unreached } from '../src/execution/errors.ts';
export {
  bodyOf,
  expectFault,
  expectHeader,
  expectJson,
  expectNoBody,
  expectStatus,
  expectValue,
  headerValue,
} from '../src/clauses/matchers.ts';
export {
  defineResourceType,
  type CreatedResource,
  type DefinedResourceType,
  type ResourceTypeDefinition,
} from '../src/resources/define-resource-type.ts';
export { atPointer } from '../src/json.ts';
export { fixtures, type Fixtures } from '../suites/compute/fixtures/fixtures.ts';

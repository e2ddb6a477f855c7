/** Query parameters: each is accepted; wrong values and unknown names are rejected where the reference says so. */
import type { Parameter, Revision } from '../../contract/model.ts';
import { kebab } from '../../contract/clause-names.ts';
import type { Clause } from '../clause.ts';
import { matchBody } from '../../schema/match.ts';
import { HarnessError, NotBound } from '../../execution/errors.ts';
import { expectFault, expectResponse, expectStatus } from '../matchers.ts';
import type { Recipe } from '../recipe.ts';
import type { CheckContext } from '../check-context.ts';
import type { Finding } from '../verdict.ts';
import type { Alter } from '../accepted-call.ts';
import { accepted, refused } from './acts.ts';
import { deriveClause, rangesWhere, type Subject } from './draft.ts';

export function deriveQuery(subject: Subject): readonly Clause[] {
  const { operation } = subject;
  const names = [...new Set(operation.revisions.flatMap(({ request }) => request.query.map(({ name }) => name)))];
  return [...names.flatMap((name) => parameterClauses(subject, name)), ...unknownClauses(subject)];
}

function parameterClauses(subject: Subject, name: string): readonly Clause[] {
  const { operation } = subject;
  const known = rangesWhere(operation, (revision) => find(revision, name) !== undefined);
  const source = operation.revisions.map((revision) => find(revision, name)?.source).find((place) => place);
  if (!known || !source) return [];
  const takes = deriveClause(subject, {
    id: `accepts-query-${kebab(name)}`,
    statement: `A request with a valid query parameter ${name} MUST be accepted.`,
    source,
    about: [`query ${name}`],
    ranges: known,
    cases: 'ends',
    needs: 'accepted',
    killedBy: ['derived:refuses-query'],
    check: (recipe) => (ctx) => checkAccepted(ctx, recipe, name),
  });
  const checked = rangesWhere(operation, (revision) => find(revision, name)?.wrongValue === 'rejected');
  if (!checked) return [takes];
  const checks = deriveClause(subject, {
    id: { about: 'query', name },
    statement: `A request whose query parameter ${name} is not of the documented form MUST be answered with 400.`,
    source,
    about: [`query ${name}`, 'status 400'],
    ranges: checked,
    cases: 'ends',
    needs: 'refused',
    killedBy: ['derived:accepts-wrong-query'],
    check: (recipe) => (ctx) => checkForms(ctx, recipe, name),
  });
  return [takes, checks];
}

async function checkAccepted(ctx: CheckContext, recipe: Recipe, name: string): Promise<readonly Finding[]> {
  const alter: Alter = (template) => {
    const value = template.query[name];
    if (value === undefined) throw new NotBound(`The recipe of ${ctx.operation.id} has no value for ${name}.`);
    return { query: `${name}=${value}` };
  };
  const response = await accepted(ctx, recipe, { key: `?${name}`, alter });
  return expectSuccess(ctx, response);
}

/** Those that the schema rejects are sent as wrong values. */
const probes = ['osc', '-1', '1.5', ''];

async function checkForms(ctx: CheckContext, recipe: Recipe, name: string): Promise<readonly Finding[]> {
  const schema = ctx.service.schemas.query(ctx.operation.id, ctx.microversion);
  if (!schema) throw new HarnessError(`${ctx.operation.id} has no query schema`);
  const wrong = probes.filter((value) => matchBody(schema, { [name]: value }).length > 0);
  if (wrong.length === 0) throw new NotBound('The contract allows every value of this parameter.');
  const findings: Finding[] = [];
  for (const value of wrong) {
    const response = await refused(ctx, recipe, () => ({ query: `${name}=${value}` }));
    findings.push(...expectResponse(response, 400, (refusal) => expectFault(refusal, 'badRequest')));
  }
  return findings;
}

function unknownClauses(subject: Subject): readonly Clause[] {
  const { operation } = subject;
  const rejected = rangesWhere(operation, ({ request }) => request.unknownQuery === 'rejected');
  const ignored = rangesWhere(operation, ({ request }) => request.unknownQuery === 'ignored');
  const query = 'osc_unknown=1';
  const refuses =
    rejected &&
    deriveClause(subject, {
      id: { about: 'unknown-query' },
      statement: 'A request with an unknown query parameter MUST be answered with 400.',
      source: operation.source,
      about: ['unknown-query'],
      ranges: rejected,
      cases: 'ends',
      needs: 'refused',
      killedBy: ['derived:accepts-unknown-query'],
      check: (recipe) => async (ctx) => expectStatus(await refused(ctx, recipe, () => ({ query })), 400),
    });
  const passes =
    ignored &&
    deriveClause(subject, {
      id: 'passes-over-unknown-query',
      statement: 'A request with an unknown query parameter MUST be answered as if it were not there.',
      source: operation.source,
      about: ['unknown-query'],
      ranges: ignored,
      cases: 'ends',
      needs: 'accepted',
      killedBy: ['derived:refuses-unknown-query'],
      check: (recipe) => async (ctx) =>
        expectSuccess(ctx, await accepted(ctx, recipe, { key: 'unknown query', alter: () => ({ query }) })),
    });
  return [refuses, passes].filter((clause) => clause !== undefined);
}

function expectSuccess(ctx: CheckContext, response: Parameters<typeof expectStatus>[0]): readonly Finding[] {
  const [first, ...rest] = ctx.revision.responses.map(({ status }) => status);
  return first === undefined ? [] : expectStatus(response, first, ...rest);
}

function find({ request }: Revision, name: string): Parameter | undefined {
  return request.query.find((parameter) => parameter.name === name);
}

/** Query parameters: each accepted, and wrong values and unknown names rejected where something states it. */
import type { Parameter, Revision } from '../../contract/model.ts';
import { kebab } from '../../contract/clause-names.ts';
import type { Clause } from '../clause.ts';
import { matchBody } from '../../schema/match.ts';
import { HarnessError, NotBound } from '../errors.ts';
import { expectFault, expectResponse, expectStatus } from '../matchers.ts';
import type { Recipe } from '../recipe.ts';
import type { Stage } from '../stage.ts';
import type { Finding } from '../verdict.ts';
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
    refutedBy: ['derived:refuses-query'],
    check: (recipe) => (stage) => checkAccepted(stage, recipe, name),
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
    refutedBy: ['derived:accepts-wrong-query'],
    check: (recipe) => (stage) => checkForms(stage, recipe, name),
  });
  return [takes, checks];
}

async function checkAccepted(stage: Stage, recipe: Recipe, name: string): Promise<readonly Finding[]> {
  const reply = await accepted(stage, recipe, `?${name}`, (scene) => {
    const value = scene.query[name];
    if (value === undefined) throw new NotBound(`The recipe of ${stage.operation.id} has no value for ${name}.`);
    return { query: `${name}=${value}` };
  });
  return expectSuccess(stage, reply);
}

/** Those that the schema rejects are sent. */
const probes = ['osc', '-1', '1.5', ''];

async function checkForms(stage: Stage, recipe: Recipe, name: string): Promise<readonly Finding[]> {
  const schema = stage.world.schemas.query(stage.operation.id, stage.microversion);
  if (!schema) throw new HarnessError(`${stage.operation.id} has no query schema`);
  const wrong = probes.filter((value) => matchBody(schema, { [name]: value }).length > 0);
  if (wrong.length === 0) throw new NotBound('The contract allows every value there.');
  const findings: Finding[] = [];
  for (const value of wrong) {
    const reply = await refused(stage, recipe, () => ({ query: `${name}=${value}` }));
    findings.push(...expectResponse(reply, 400, (refusal) => expectFault(refusal, 'badRequest')));
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
      refutedBy: ['derived:accepts-unknown-query'],
      check: (recipe) => async (stage) => expectStatus(await refused(stage, recipe, () => ({ query })), 400),
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
      refutedBy: ['derived:refuses-unknown-query'],
      check: (recipe) => async (stage) =>
        expectSuccess(stage, await accepted(stage, recipe, 'unknown query', () => ({ query }))),
    });
  return [refuses, passes].filter((clause) => clause !== undefined);
}

function expectSuccess(stage: Stage, reply: Parameters<typeof expectStatus>[0]): readonly Finding[] {
  const [first, ...rest] = stage.revision.answers.map(({ status }) => status);
  return first === undefined ? [] : expectStatus(reply, first, ...rest);
}

function find({ request }: Revision, name: string): Parameter | undefined {
  return request.query.find((parameter) => parameter.name === name);
}

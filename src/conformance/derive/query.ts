/** Query parameters: each accepted, each of a wrong form refused, and unknown ones treated as documented. */
import type { Parameter, Revision } from '../../contract/model.ts';
import { kebab } from '../../contract/clause-names.ts';
import type { Clause } from '../clause.ts';
import { NotBound } from '../errors.ts';
import { expectFault, expectStatus } from '../matchers.ts';
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
  const checked = rangesWhere(operation, (revision) => isTyped(find(revision, name)) && answers400(revision));
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

const wrongNumbers = ['osc', '-1', '1.5', ''];

async function checkForms(stage: Stage, recipe: Recipe, name: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const value of wrongNumbers) {
    const reply = await refused(stage, recipe, () => ({ query: `${name}=${value}` }));
    const wrong = expectStatus(reply, 400);
    findings.push(...(wrong.length > 0 ? wrong : expectFault(reply, 'badRequest')));
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

/** Any text is of the form of a string. */
function isTyped(parameter: Parameter | undefined): boolean {
  return parameter !== undefined && ['integer', 'number', 'boolean'].includes(parameter.shape.type);
}

function answers400({ errors }: Revision): boolean {
  return errors.some(({ status }) => status === 400);
}

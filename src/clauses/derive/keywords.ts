/**
 * Schema keywords that limit a member of a request, tested on both sides of the limit: the last valid values are
 * accepted, the first invalid ones are refused.
 */
import { ITEMS, KEYS, memberIndex, pathText, type PlacedMember } from '../../contract/members.ts';
import type { Operation, Revision } from '../../contract/model.ts';
import { memberTopic } from '../../contract/members.ts';
import type { Json } from '../../json.ts';
import { formatMicroversion } from '../../microversion.ts';
import { keywordValues, type Keyword, type KeywordValues } from '../../schema/keyword-values.ts';
import type { Clause } from '../clause.ts';
import { unusable } from '../checked.ts';
import { NotBound, Unreached } from '../../execution/errors.ts';
import { expectFault, expectResponse, expectStatus, responseOf } from '../matchers.ts';
import type { Recipe, RequestTemplate } from '../recipe.ts';
import type { CallOptions, CheckContext } from '../check-context.ts';
import type { Finding } from '../verdict.ts';
import type { Alter } from '../accepted-call.ts';
import { withMember } from '../body-members.ts';
import { accepted, refused } from './acts.ts';
import { deriveClause, rangesWhere, type Subject } from './draft.ts';

/** Skips paths through lists: they have no single location for a value. */
export function deriveKeywords(subject: Subject): readonly Clause[] {
  const { operation } = subject;
  const limits = new Map<string, { readonly placed: PlacedMember; readonly keyword: Keyword }>();
  for (const revision of operation.revisions) {
    for (const placed of membersOf(revision)) {
      for (const { keyword } of keywordValues(operation, placed.member.shape)) {
        const key = `${pathText(placed.path)} ${keyword}`;
        if (!limits.has(key)) limits.set(key, { placed, keyword });
      }
    }
  }
  return [...limits.values()].flatMap(({ placed, keyword }) => keywordClause(subject, placed, keyword) ?? []);
}

function keywordClause(subject: Subject, { path, member }: PlacedMember, keyword: Keyword): Clause | undefined {
  const { operation } = subject;
  const name = pathText(path);
  const ranges = rangesWhere(operation, (revision) => valuesAt(operation, revision, name, keyword) !== undefined);
  if (!ranges) return undefined;
  const isOutsideOnly = subject.recipe?.outsideOnly?.includes(name) === true;
  const words = isOutsideOnly
    ? 'what just does not fit is answered with 400'
    : 'what just fits is not answered with 400, what just does not is';
  return deriveClause(subject, {
    id: { about: 'keyword', keyword, path },
    statement: `The ${wordsOf[keyword]} of the member ${name} MUST be applied: ${words}.`,
    source: member.source,
    about: [memberTopic('request', path)],
    ranges,
    cases: keyword === 'enum' ? 'once' : 'ends',
    needs: 'refused',
    killedBy: ['derived:drops-keyword', ...(isOutsideOnly ? [] : ['derived:tightens-keyword'])],
    check: (recipe) => (ctx) => checkSides(ctx, recipe, path, keyword),
  });
}

const wordsOf: Readonly<Record<Keyword, string>> = {
  enum: 'list of values',
  format: 'format',
  pattern: 'pattern',
  minLength: 'least length',
  maxLength: 'greatest length',
  minimum: 'least value',
  maximum: 'greatest value',
};

async function checkSides(
  ctx: CheckContext,
  recipe: Recipe,
  path: readonly string[],
  keyword: Keyword,
): Promise<readonly Finding[]> {
  const values = valuesAt(ctx.operation, ctx.revision, pathText(path), keyword);
  if (!values) throw new NotBound('No value on either side of this limit is known.');
  const findings: Finding[] = [];
  const isOutsideOnly = recipe.outsideOnly?.includes(pathText(path)) === true;
  for (const value of isOutsideOnly ? [] : values.inside)
    findings.push(...(await checkAccepted(ctx, recipe, path, withUnusedUuid(ctx, value))));
  // An empty text would leave an empty segment in the path.
  const isTied = recipe.tied?.[pathText(path)] !== undefined;
  for (const value of values.outside.filter((one) => !isTied || one !== '')) {
    const response = await refused(ctx, recipe, withValue(recipe, path, withUnusedUuid(ctx, value)));
    findings.push(...expectResponse(response, 400, (refusal) => expectFault(refusal, 'badRequest')));
  }
  return findings;
}

/** Replaces a UUID, which may identify a resource of others, by an unused one in the same spelling. */
function withUnusedUuid<T extends Json>(ctx: CheckContext, value: T): T | string {
  const [uuid] = typeof value === 'string' ? (/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(value) ?? []) : [];
  if (typeof value !== 'string' || uuid === undefined) return value;
  const unused = ctx.uuid();
  return value.replace(uuid, uuid === uuid.toUpperCase() ? unused.toUpperCase() : unused);
}

/**
 * If the path has a parameter, the request names a resource that does not exist: when its members are valid it is
 * refused with 404, and changes nothing.
 */
async function checkAccepted(
  ctx: CheckContext,
  recipe: Recipe,
  path: readonly string[],
  value: Json,
): Promise<readonly Finding[]> {
  const [, name] = /\{([^}]+)\}/.exec(ctx.operation.path) ?? [];
  const alter = withValue(recipe, path, value);
  const response =
    name === undefined
      ? await accepted(ctx, recipe, { key: `${pathText(path)} is ${JSON.stringify(value)}`, alter })
      : await refused(ctx, recipe, (template) => elsewhere(template, alter, name, ctx.uuid()));
  const { status } = responseOf(response);
  if (status >= 500) throw unusable(response);
  const expected = name === undefined ? ctx.revision.responses[0].status : 404;
  if (status === 400) return expectStatus(response, expected);
  if (status !== 401) return [];
  throw new Unreached(
    `${ctx.operation.id} validates the members of a request`,
    `${ctx.operation.id} at ${formatMicroversion(ctx.microversion)} was answered with ${status}, which does not show whether its members are valid.`,
    response,
  );
}

function elsewhere(template: RequestTemplate, alter: Alter, name: string, id: string): Partial<CallOptions> {
  const altered = alter(template);
  return { ...altered, path: { ...(altered.path ?? template.path), [name]: id } };
}

function withValue({ tied }: Recipe, path: readonly string[], value: Json): Alter {
  const name = tied?.[pathText(path)];
  return (template) => ({
    body: withMember(template.body ?? {}, path, value),
    ...(name !== undefined && typeof value === 'string' ? { path: { ...template.path, [name]: value } } : {}),
  });
}

function membersOf({ request }: Revision): readonly PlacedMember[] {
  const all = request.body.kind === 'json' ? memberIndex(request.body.shape).all : [];
  return all.filter(({ path }) => !path.includes(ITEMS) && !path.includes(KEYS));
}

/** Undefined unless values on both sides are known. */
function valuesAt(operation: Operation, revision: Revision, name: string, keyword: Keyword): KeywordValues | undefined {
  const placed = membersOf(revision).find(({ path }) => pathText(path) === name);
  const values = placed && keywordValues(operation, placed.member.shape).find((one) => one.keyword === keyword);
  return values && values.inside.length > 0 && values.outside.length > 0 ? values : undefined;
}

/**
 * Keywords that limit a member of a request, each on both sides: the last values that fit it are taken, the first that
 * do not are refused.
 */
import { ITEMS, KEYS, memberIndex, pathText, type PlacedMember } from '../../contract/members.ts';
import type { Operation, Revision } from '../../contract/model.ts';
import { memberTopic } from '../../contract/members.ts';
import type { Json } from '../../json.ts';
import { formatMicroversion } from '../../microversion.ts';
import { keywordValues, type Keyword, type KeywordValues } from '../../schema/keyword-values.ts';
import type { Clause } from '../clause.ts';
import { unusable } from '../checked.ts';
import { NotBound, Unreached } from '../errors.ts';
import { expectFault, expectResponse, expectStatus, responseOf } from '../matchers.ts';
import type { Recipe, Scene } from '../recipe.ts';
import type { CallOptions, Stage } from '../stage.ts';
import type { Finding } from '../verdict.ts';
import { accepted, refused, withMember, type Alter } from './acts.ts';
import { deriveClause, rangesWhere, type Subject } from './draft.ts';

/** Paths through lists have no one place to put a value. */
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
  return deriveClause(subject, {
    id: { about: 'keyword', keyword, path },
    statement: `The ${wordsOf[keyword]} of the member ${name} MUST be applied: what just fits is not answered with 400, what just does not is.`,
    source: member.source,
    about: [memberTopic('request', path)],
    ranges,
    cases: keyword === 'enum' ? 'once' : 'ends',
    needs: 'refused',
    refutedBy: ['derived:drops-keyword', 'derived:tightens-keyword'],
    check: (recipe) => (stage) => checkSides(stage, recipe, path, keyword),
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
  stage: Stage,
  recipe: Recipe,
  path: readonly string[],
  keyword: Keyword,
): Promise<readonly Finding[]> {
  const values = valuesAt(stage.operation, stage.revision, pathText(path), keyword);
  if (!values) throw new NotBound('No value is known on either side of this limit.');
  const findings: Finding[] = [];
  for (const value of values.inside) findings.push(...(await checkTaken(stage, recipe, path, drawnFor(stage, value))));
  // An empty text leaves a hole in the path.
  const isTied = recipe.tied?.[pathText(path)] !== undefined;
  for (const value of values.outside.filter((one) => !isTied || one !== '')) {
    const reply = await refused(stage, recipe, withValue(recipe, path, drawnFor(stage, value)));
    findings.push(...expectResponse(reply, 400, (refusal) => expectFault(refusal, 'badRequest')));
  }
  return findings;
}

/** A UUID names something, perhaps somebody else's: one that nobody has stands in its place, in the same spelling. */
function drawnFor<T extends Json>(stage: Stage, value: T): T | string {
  const [uuid] = typeof value === 'string' ? (/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(value) ?? []) : [];
  if (typeof value !== 'string' || uuid === undefined) return value;
  const drawn = stage.uuid();
  return value.replace(uuid, uuid === uuid.toUpperCase() ? drawn.toUpperCase() : drawn);
}

/**
 * Sent for something that does not exist, where the path has a name: then the request is refused with 404 once its
 * members have been found right, and changes nothing.
 */
async function checkTaken(
  stage: Stage,
  recipe: Recipe,
  path: readonly string[],
  value: Json,
): Promise<readonly Finding[]> {
  const [, name] = /\{([^}]+)\}/.exec(stage.operation.path) ?? [];
  const alter = withValue(recipe, path, value);
  const reply =
    name === undefined
      ? await accepted(stage, recipe, `${pathText(path)} ${JSON.stringify(value)}`, alter)
      : await refused(stage, recipe, (scene) => elsewhere(scene, alter, name, stage.uuid()));
  const { status } = responseOf(reply);
  if (status >= 500) throw unusable(reply);
  const expected = name === undefined ? stage.revision.answers[0].status : 404;
  if (status === 400) return expectStatus(reply, expected);
  if (status !== 401) return [];
  throw new Unreached(
    `${stage.operation.id} looks at the members of a request`,
    `${stage.operation.id} at ${formatMicroversion(stage.microversion)} was answered with ${status}, which does not show whether its members fit.`,
    reply,
  );
}

function elsewhere(scene: Scene, alter: Alter, name: string, id: string): Partial<CallOptions> {
  const altered = alter(scene);
  return { ...altered, path: { ...(altered.path ?? scene.path), [name]: id } };
}

function withValue({ tied }: Recipe, path: readonly string[], value: Json): Alter {
  const name = tied?.[pathText(path)];
  return (scene) => ({
    body: withMember(scene.body ?? {}, path, value),
    ...(name !== undefined && typeof value === 'string' ? { path: { ...scene.path, [name]: value } } : {}),
  });
}

function membersOf({ request }: Revision): readonly PlacedMember[] {
  const all = request.body.kind === 'json' ? memberIndex(request.body.shape).all : [];
  return all.filter(({ path }) => !path.includes(ITEMS) && !path.includes(KEYS));
}

/** Undefined unless values are known on both sides. */
function valuesAt(operation: Operation, revision: Revision, name: string, keyword: Keyword): KeywordValues | undefined {
  const placed = membersOf(revision).find(({ path }) => pathText(path) === name);
  const values = placed && keywordValues(operation, placed.member.shape).find((one) => one.keyword === keyword);
  return values && values.inside.length > 0 && values.outside.length > 0 ? values : undefined;
}

/** Status and body of a success: the code, the whole body, and each required, optional or absent member. */
import {
  isNullable,
  memberIndex,
  objectAt,
  pathKeys,
  pathText,
  ITEMS,
  KEYS,
  type MemberIndex,
  type PlacedMember,
} from '../../contract/members.ts';
import { clauseId } from '../../contract/clause-names.ts';
import type { DocumentedResponse, Operation, Revision, Topic } from '../../contract/model.ts';
import { otherMembersTopic } from '../../contract/members.ts';
import { memberTopic } from '../../contract/members.ts';
import type { NonEmpty } from '../../json.ts';
import type { Clause } from '../clause.ts';
import { NotBound, Unreached } from '../../execution/errors.ts';
import { bodyOf, expectNoBody, expectSchema, expectStatus, type Checked } from '../matchers.ts';
import { recipeFor, type Recipe } from '../recipe.ts';
import type { CheckContext } from '../check-context.ts';
import type { Finding } from '../verdict.ts';
import { accepted, acceptedResponse, acceptedWith } from './acts.ts';
import { deriveClause, rangesWhere, type Subject } from './draft.ts';
import { valuesAt } from '../../contract/body-places.ts';
import { responseBody, expectEnvelope } from './response-members.ts';

export function deriveResponse(subject: Subject): readonly Clause[] {
  return [...statusClauses(subject), ...bodyClauses(subject), ...memberClauses(subject)];
}

function statusClauses(subject: Subject): readonly Clause[] {
  const { operation } = subject;
  const seen = new Map<string, Revision>();
  for (const revision of operation.revisions) seen.set(statusKey(revision), seen.get(statusKey(revision)) ?? revision);
  return [...seen].flatMap(([key, { responses }]) => {
    const ranges = rangesWhere(operation, (revision) => statusKey(revision) === key);
    if (!ranges) return [];
    const [first, ...rest] = responses.map(({ status }) => status);
    if (first === undefined) return [];
    return deriveClause(subject, {
      id: { about: 'status', status: first },
      statement: `A valid request MUST be answered with ${[first, ...rest].join(' or ')}.`,
      source: responses[0].source,
      about: ['availability', ...responses.map(({ status }) => `status ${status}` as const), ...acceptedAs(subject)],
      ranges,
      needs: 'accepted',
      killedBy: [`derived:status-neighbour`, `derived:status-class`],
      check: (recipe) => async (ctx) => expectStatus(await accepted(ctx, recipe), first, ...rest),
    });
  });
}

/** Whose request it is, and on what. */
function acceptedAs({ recipe }: Subject): readonly Topic[] {
  if (!recipe) return [];
  return [`role ${recipe.as}`, ...(recipe.state === undefined ? [] : [`state ${recipe.state}` as const])];
}

function statusKey({ responses }: Revision): string {
  return responses.map(({ status }) => status).join();
}

function bodyClauses(subject: Subject): readonly Clause[] {
  const { operation } = subject;
  const kindAt = (kind: DocumentedResponse['body']['kind']) => (revision: Revision) =>
    responseBody(revision).kind === kind;
  const first = (kind: DocumentedResponse['body']['kind']): DocumentedResponse | undefined =>
    operation.revisions.find(kindAt(kind))?.responses[0];
  const none = rangesWhere(operation, kindAt('none'));
  const json = rangesWhere(operation, kindAt('json'));
  const clauses: Clause[] = [];
  const empty = first('none');
  if (none && empty) {
    clauses.push(
      deriveClause(subject, {
        id: { about: 'no-body' },
        statement: 'The reply to a valid request MUST have no body.',
        source: empty.body.kind === 'none' ? empty.body.source : empty.source,
        about: [`body ${empty.status}`],
        ranges: none,
        needs: 'accepted',
        killedBy: ['derived:adds-a-body'],
        check: (recipe) => async (ctx) => expectNoBody(await acceptedResponse(ctx, recipe)),
      }),
    );
  }
  const full = first('json');
  if (json && full) {
    clauses.push(
      deriveClause(subject, {
        id: { about: 'body', side: 'response' },
        statement: 'The reply to a valid request MUST have a JSON body of the documented form.',
        source: full.source,
        about: [`body ${full.status}`],
        ranges: json,
        needs: 'accepted',
        // An object without its envelope is a finding of the clause on the missing member.
        killedBy: ['derived:drops-the-body', ...(wrapsList(full) ? ['derived:wrong-envelope'] : [])],
        check: (recipe) => async (ctx) => {
          const named = memberClauseIds(operation);
          const findings = bodyFindings(ctx, await acceptedResponse(ctx, recipe));
          return findings.filter((finding) => !(finding.kind === 'schema' && named.has(finding.clause ?? '')));
        },
      }),
    );
  }
  return clauses;
}

function wrapsList({ body }: DocumentedResponse): boolean {
  const [member] = body.kind === 'json' && body.shape.type === 'object' ? body.shape.members : [];
  return member?.shape.type === 'array';
}

type About = 'required' | 'optional' | 'absent' | 'closed';

interface MemberFacts {
  readonly about: About;
  readonly path: readonly string[];
  readonly placed: PlacedMember | undefined;
}

const statements = {
  required: (name: string) => `The reply MUST have the member ${name}, in its documented form.` as const,
  optional: (name: string) =>
    `The member ${name} of the reply, where it is there, MUST have its documented form.` as const,
  absent: (name: string) =>
    `The reply MUST NOT have the member ${name} at a microversion that does not know it.` as const,
  closed: (name: string) => `The reply MUST NOT have members beyond the documented ones in ${name}.` as const,
} as const;

/** The faults that break the clause on a member; null is no deviation where the schema allows it. */
function faultsOf(about: About, path: readonly string[], placed: PlacedMember | undefined): NonEmpty<string> {
  const nulls = placed && isNullable(placed.member.shape) ? [] : ['derived:nulls-member'];
  const isEnvelope = path.length === 1 && placed?.member.shape.type === 'object' && !placed.member.shape.nullable;
  const envelope = isEnvelope ? ['derived:wrong-envelope'] : [];
  const faults: Readonly<Record<About, NonEmpty<string>>> = {
    required: ['derived:drops-member', 'derived:renames-member', 'derived:retypes-member', ...nulls, ...envelope],
    optional: ['derived:retypes-member', ...nulls],
    absent: ['derived:member-early-or-late'],
    closed: ['derived:extra-member'],
  };
  return faults[about];
}

function memberClauses(subject: Subject): readonly Clause[] {
  const { operation } = subject;
  return everyMember(operation).flatMap(({ about, path, placed }) => {
    if (placed?.member.confidence === 'inferred' || isUnshown(subject, about, path)) return [];
    const ranges = rangesWhere(operation, isDocumentedAs(about, path));
    if (!ranges) return [];
    const id = clauseId(operation, { about, side: 'response', path });
    const recipe = subject.recipe && recipeFor(subject.recipe, pathText(path));
    return deriveClause(
      { ...subject, recipe },
      {
        id: { about, side: 'response', path },
        statement: statements[about](pathText(path) || 'its top level'),
        source: placed?.member.source ?? operation.revisions[0].responses[0].source,
        about: [about === 'closed' ? otherMembersTopic('response', path) : memberTopic('response', path)],
        ranges,
        needs: 'accepted',
        killedBy: faultsOf(about, path, placed),
        check: (recipe) => (ctx) => checkMember(ctx, recipe, id, about, path),
      },
    );
  });
}

/** That a response does not have a member is decided by any response. */
function isUnshown({ recipe }: Subject, about: About, path: readonly string[]): boolean {
  const name = pathText(path);
  const unshown = Object.keys(recipe?.unshown ?? {});
  return about !== 'absent' && unshown.some((pointer) => name === pointer || name.startsWith(`${pointer}/`));
}

async function checkMember(
  ctx: CheckContext,
  recipe: Recipe,
  id: string,
  about: About,
  path: readonly string[],
): Promise<readonly Finding[]> {
  const least = await acceptedResponse(ctx, recipe);
  const isMissing = about === 'optional' && valuesAt(bodyOf(least), path).length === 0;
  // A response may have the member only where the request has it.
  const response =
    isMissing && isInRequest(ctx.revision, path)
      ? await acceptedResponse(ctx, recipe, acceptedWith(ctx, recipe, path))
      : least;
  const body = bodyOf(response);
  const parent = about === 'closed' ? path : path.slice(0, -1);
  expectEnvelope(ctx, body, parent[0]);
  const places = valuesAt(body, parent);
  if (places.length === 0 && (path.includes(ITEMS) || path.includes(KEYS))) {
    throw new Unreached(`${ctx.operation.id} shows an item`, `The response lists nothing at ${pathText(path)}.`);
  }
  if (about === 'optional' && valuesAt(body, path).length === 0) {
    throw new NotBound(`The response does not have the optional member ${pathText(path)}.`);
  }
  return bodyFindings(ctx, response).filter((finding) => finding.kind === 'schema' && finding.clause === id);
}

function isInRequest({ request }: Revision, path: readonly string[]): boolean {
  return request.body.kind === 'json' && memberIndex(request.body.shape).byPath.has(pathText(path));
}

function bodyFindings(ctx: CheckContext, response: Checked): readonly Finding[] {
  const content = ctx.service.schemas.response(ctx.operation.id, ctx.microversion, response.response.status);
  return content?.kind === 'json' ? expectSchema(response, content.schema) : [];
}

/** Each member and each object of any response, with every way in which a revision can document it. */
function everyMember(operation: Operation): readonly MemberFacts[] {
  const placed = new Map<string, PlacedMember>();
  for (const revision of operation.revisions) {
    for (const [key, member] of responseIndex(revision)?.byPath ?? []) {
      if (!placed.has(key)) placed.set(key, member);
    }
  }
  const members = [...placed.values()].flatMap((member) =>
    (['required', 'optional', 'absent'] as const).map((about) => ({ about, path: member.path, placed: member })),
  );
  const paths = operation.revisions.flatMap((revision) => [...(responseIndex(revision)?.objects ?? [])]);
  const objects = [...new Set(paths)].map((path) => ({
    about: 'closed' as const,
    path: pathKeys(path),
    placed: undefined,
  }));
  return [...members, ...objects];
}

function isDocumentedAs(about: About, path: readonly string[]): (revision: Revision) => boolean {
  const text = pathText(path);
  const parent = pathText(path.slice(0, -1));
  return (revision) => {
    const index = responseIndex(revision);
    if (!index) return false;
    if (about === 'closed') return isTold(index, path) && !isOpen(revision, text);
    const found = index.byPath.get(text);
    if (about === 'absent') return found === undefined && index.objects.has(parent) && !isOpen(revision, parent);
    return found?.member.required === (about === 'required') && found.member.confidence !== 'inferred';
  };
}

/** Something in the object is certain. */
function isTold({ all, objects }: MemberIndex, path: readonly string[]): boolean {
  const text = pathText(path);
  return objects.has(text) && all.some((one) => isIn(one, text) && one.member.confidence !== 'inferred');
}

function isIn({ path }: PlacedMember, object: string): boolean {
  return pathText(path.slice(0, -1)) === object;
}

/** Any member may be in such an object. */
function isOpen(revision: Revision, object: string): boolean {
  const body = responseBody(revision);
  return body.kind === 'json' && objectAt(body.shape, pathKeys(object))?.open === true;
}

function responseIndex(revision: Revision): MemberIndex | undefined {
  const body = responseBody(revision);
  return body.kind === 'json' ? memberIndex(body.shape) : undefined;
}

/** Those of inferred members as well, which have no clause: nothing is said about them. */
function memberClauseIds(operation: Operation): ReadonlySet<string> {
  return new Set(
    everyMember(operation).map(({ about, path }) => clauseId(operation, { about, side: 'response', path })),
  );
}

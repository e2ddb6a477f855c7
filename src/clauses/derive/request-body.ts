/** Members of a request: required, typed, accepted, refused before their microversion; unknown ones are refused. */
import {
  memberIndex,
  pathKeys,
  pathText,
  knownNames,
  objectAt,
  type MemberIndex,
  type PlacedMember,
} from '../../contract/members.ts';
import type { Operation, Revision } from '../../contract/model.ts';
import { decidingPointers } from '../../contract/shared-calls.ts';
import { otherMembersTopic } from '../../contract/members.ts';
import { memberTopic } from '../../contract/members.ts';
import type { Json, JsonObject } from '../../json.ts';
import { matchBody } from '../../schema/match.ts';
import type { Clause } from '../clause.ts';
import { HarnessError, NotBound } from '../../execution/errors.ts';
import { expectFault, expectResponse, expectStatus } from '../matchers.ts';
import type { Recipe, RequestTemplate } from '../recipe.ts';
import type { CallOptions, CheckContext } from '../check-context.ts';
import type { Finding } from '../verdict.ts';
import { withMember, withoutMember } from '../body-members.ts';
import { acceptedWith, refused } from './acts.ts';
import { deriveClause, rangesWhere, type Draft, type Subject } from './draft.ts';
import { faultBodies } from './general.ts';

export function deriveRequestBody(subject: Subject): readonly Clause[] {
  const { operation } = subject;
  return [...bodyClauses(subject), ...requestMembers(operation).flatMap((placed) => memberClauses(subject, placed))];
}

function bodyClauses(subject: Subject): readonly Clause[] {
  const { operation } = subject;
  const ranges = rangesWhere(operation, (revision) => revision.request.body.kind === 'json');
  if (!ranges) return [];
  const common = { source: operation.source, ranges, cases: 'ends', needs: 'refused' } as const;
  const whole = deriveClause(subject, {
    ...common,
    id: { about: 'body', side: 'request' },
    quotes: [faultBodies('A body that is not JSON is answered with 400.')],
    about: [memberTopic('request', [])],
    statement: 'A request without a body, or with one that is not JSON, MUST be answered with 400.',
    killedBy: ['derived:accepts-anything'],
    check: (recipe) => (ctx) => checkBodies(ctx, recipe),
  });
  const closed = [...knownNames(operation, 'request').keys()].map(pathKeys).flatMap((path) => {
    const open = rangesWhere(operation, (revision) => isClosed(revision, path));
    if (!open) return [];
    return deriveClause(subject, {
      ...common,
      ranges: open,
      id: { about: 'closed', side: 'request', path },
      about: [otherMembersTopic('request', path)],
      statement: `A request with an undocumented member in ${pathText(path) || 'its top level'} MUST be answered with 400.`,
      killedBy: ['derived:accepts-extra-member'],
      check: (recipe) => (ctx) =>
        checkRefused(ctx, recipe, [(body) => withMember(body, [...path, 'osc_unknown'], 'x')]),
    });
  });
  return [...(decides(subject, '') ? [] : [whole]), ...closed];
}

/** A request without the member is one of another operation. */
function decides({ contract, operation }: Subject, pointer: string): boolean {
  return decidingPointers(contract.operations, operation).some((inner) => inner.startsWith(`${pointer}/`));
}

async function checkBodies(ctx: CheckContext, recipe: Recipe): Promise<readonly Finding[]> {
  // A service may read null like no action at all, which is another refusal.
  const bodies = ['', '{', '[]', '"text"'];
  const findings: Finding[] = [];
  for (const rawBody of bodies) {
    const headers = { 'content-type': 'application/json' };
    findings.push(...expectRefusal(await refused(ctx, recipe, () => ({ rawBody, headers }))));
  }
  return findings;
}

function memberClauses(subject: Subject, { path, member }: PlacedMember): readonly Clause[] {
  const { operation } = subject;
  const name = pathText(path);
  const rangesWithRequired = (required: boolean) =>
    rangesWhere(operation, (revision) => find(revision, name)?.member.required === required);
  if (member.confidence === 'inferred') return [];
  const about = (kind: 'required' | 'optional' | 'absent'): Draft['id'] => ({ about: kind, side: 'request', path });
  const common = { source: member.source, about: [memberTopic('request', path)] } as const;
  const required = decides(subject, name) ? undefined : rangesWithRequired(true);
  const optional = subject.recipe?.withheld?.[name] === undefined ? rangesWithRequired(false) : undefined;
  const absent = rangesWhere(operation, (revision) => isUnknown(revision, path));
  const clauses: Clause[] = [];
  if (required) {
    clauses.push(
      deriveClause(subject, {
        ...common,
        id: about('required'),
        ranges: required,
        statement: `A request without the member ${name} MUST be answered with 400.`,
        cases: 'ends',
        needs: 'refused',
        killedBy: ['derived:ignores-missing-member'],
        check: (recipe) => (ctx) => checkRefused(ctx, recipe, [(body) => withoutMember(body, path)]),
      }),
    );
  }
  if (optional) {
    clauses.push(
      deriveClause(subject, {
        ...common,
        id: about('optional'),
        ranges: optional,
        statement: `A request with a valid member ${name} MUST be accepted.`,
        cases: 'ends',
        needs: 'accepted',
        killedBy: ['derived:refuses-member'],
        check: (recipe) => (ctx) => checkAccepted(ctx, recipe, path),
      }),
    );
  }
  const isTyped = (revision: Revision): boolean => (find(revision, name)?.member.shape.type ?? 'any') !== 'any';
  const typed = decides(subject, name) ? undefined : rangesWhere(operation, isTyped);
  if (typed) {
    clauses.push(
      deriveClause(subject, {
        ...common,
        id: { about: 'type', path },
        ranges: typed,
        statement: `A request whose member ${name} is not of the documented form MUST be answered with 400.`,
        cases: 'ends',
        needs: 'refused',
        killedBy: ['derived:accepts-wrong-type'],
        check: (recipe) => (ctx) => checkWrongTypes(ctx, recipe, path),
      }),
    );
  }
  if (absent) {
    clauses.push(
      deriveClause(subject, {
        ...common,
        id: about('absent'),
        ranges: absent,
        statement: `A request with the member ${name} at a microversion that does not know it MUST be answered with 400.`,
        cases: 'ends',
        needs: 'refused',
        killedBy: ['derived:accepts-member-early'],
        check: (recipe) => (ctx) =>
          checkRefused(ctx, recipe, [(body, template) => withMember(body, path, template.values[name] ?? 'x')]),
      }),
    );
  }
  return clauses;
}

async function checkAccepted(ctx: CheckContext, recipe: Recipe, path: readonly string[]): Promise<readonly Finding[]> {
  const response = await acceptedWith(ctx, recipe, path);
  const [first, ...rest] = ctx.revision.responses.map(({ status }) => status);
  return first === undefined ? [] : expectStatus(response, first, ...rest);
}

/** One value of each JSON type; those that the schema rejects are sent. */
const probes: readonly Json[] = [null, true, 12, 1.5, 'osc: no such form', [], {}];
const mostProbes = 4;

async function checkWrongTypes(
  ctx: CheckContext,
  recipe: Recipe,
  path: readonly string[],
): Promise<readonly Finding[]> {
  const alterations = probes.map((probe) => (body: JsonObject) => withMember(body, path, probe));
  return checkRefused(ctx, recipe, alterations, mostProbes);
}

type Alteration = (body: JsonObject, template: RequestTemplate) => JsonObject;

/** Sends each altered body that the schema of the contract rejects, and expects 400. */
async function checkRefused(
  ctx: CheckContext,
  recipe: Recipe,
  alterations: readonly Alteration[],
  most = alterations.length,
): Promise<readonly Finding[]> {
  const content = ctx.service.schemas.request(ctx.operation.id, ctx.microversion);
  if (content?.kind !== 'json') throw new HarnessError(`${ctx.operation.id} has no request schema`);
  const template = await recipe.refused(ctx);
  const bodies = alterations.map((alter) => alter(template.body ?? {}, template));
  const wrong = bodies.filter((body) => matchBody(content.schema, body).length > 0).slice(0, most);
  if (wrong.length === 0) throw new NotBound('The contract allows every value of this member.');
  const findings: Finding[] = [];
  for (const body of wrong) {
    const alter = (): Partial<CallOptions> => ({ body });
    findings.push(...expectRefusal(await refused(ctx, recipe, alter)));
  }
  return findings;
}

function expectRefusal(response: Parameters<typeof expectStatus>[0]): readonly Finding[] {
  return expectResponse(response, 400, (refusal) => expectFault(refusal, 'badRequest'));
}

function requestMembers(operation: Operation): readonly PlacedMember[] {
  const placed = new Map<string, PlacedMember>();
  for (const revision of operation.revisions) {
    for (const [key, member] of requestIndex(revision)?.byPath ?? []) {
      if (!placed.has(key)) placed.set(key, member);
    }
  }
  return [...placed.values()];
}

function requestIndex({ request }: Revision): MemberIndex | undefined {
  return request.body.kind === 'json' ? memberIndex(request.body.shape) : undefined;
}

function find(revision: Revision, name: string): PlacedMember | undefined {
  return requestIndex(revision)?.byPath.get(name);
}

/** The member is unknown, and its parent object allows no unknown members. */
function isUnknown(revision: Revision, path: readonly string[]): boolean {
  return find(revision, pathText(path)) === undefined && isClosed(revision, path.slice(0, -1));
}

function isClosed({ request }: Revision, path: readonly string[]): boolean {
  if (request.body.kind !== 'json') return false;
  const object = objectAt(request.body.shape, path);
  return object?.open === false;
}

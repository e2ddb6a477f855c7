/** Checks that come before the operation itself: of the token, the path and the microversion. */
import { randomUUID } from 'node:crypto';
import { kebab } from '../../contract/clause-names.ts';
import { faultKey } from '../../contract/questions.ts';
import type { NonEmpty } from '../../json.ts';
import { formatMicroversion, nextMicroversion, previousMicroversion } from '../../microversion.ts';
import type { Check, Clause } from '../clause.ts';
import { isAbsent, unusable } from '../checked.ts';
import { HarnessError, Unreached } from '../../execution/errors.ts';
import { respondedWith, expectFault, expectStatus } from '../matchers.ts';
import type { Recipe, RequestTemplate } from '../recipe.ts';
import type { CallOptions, CheckContext } from '../check-context.ts';
import type { Finding } from '../verdict.ts';
import type { Alter } from '../accepted-call.ts';
import { refused } from './acts.ts';
import { deriveClause, rangesWhere, type Draft, type Subject } from './draft.ts';
import { answering, faultBodies } from './general.ts';

export function deriveRefusals(subject: Subject): readonly Clause[] {
  return [...tokenClauses(subject), ...pathClauses(subject), ...versionClauses(subject)];
}

function tokenClauses(subject: Subject): readonly Clause[] {
  const common = (documented: number) => documentedSource(subject, documented);
  const found = common(401);
  if (!found) return [];
  const draft = (id: string, whose: string, alter: Alter): Draft => ({
    id,
    statement: `A request ${whose} MUST be answered with 401.`,
    ...found,
    quotes: [faultBodies('A request without a valid token is answered with 401 and the key ``error``.')],
    about: ['status 401', 'role nobody'],
    cases: 'ends',
    needs: 'anyone',
    killedBy: ['derived:accepts-any-token'],
    check: (recipe) => refusedWith(recipe, alter, 401),
  });
  return [
    draft('refuses-missing-token', 'without a token', () => ({ as: 'nobody' })),
    draft('refuses-unknown-token', 'with a token that the identity service does not know', () => ({
      as: 'nobody',
      headers: { 'x-auth-token': `osc-unknown-${randomUUID()}` },
    })),
  ].map((each) => deriveClause(subject, each));
}

function pathClauses(subject: Subject): readonly Clause[] {
  const found = documentedSource(subject, 404);
  if (!found) return [];
  const created = subject.recipe?.creates ?? [];
  const names = [...subject.operation.path.matchAll(/\{([^}]+)\}/g)]
    .map(([, name = '']) => name)
    .filter((name) => !created.includes(name));
  return names.map((name) =>
    deriveClause(subject, {
      id: `refuses-unknown-${kebab(name)}`,
      statement: `A request whose ${name} does not exist MUST be answered with 404.`,
      ...found,
      about: ['status 404', `path ${name}`],
      cases: 'ends',
      needs: 'refused',
      killedBy: ['derived:finds-anything', 'derived:status-neighbour'],
      check: (recipe) => async (ctx) => {
        const response = await refused(ctx, recipe, (template) => elsewhere(template, name, ctx.uuid()));
        const refusal = respondedWith(response, 404);
        if (!refusal) return expectStatus(response, 404);
        await confirmIntact(ctx, recipe);
        const key = faultKey(subject.contract, 404);
        return key === undefined ? [] : expectFault(refusal, key);
      },
    }),
  );
}

/** A 404 is evidence only while every other resource of the request exists. @throws Unreached when one does not */
async function confirmIntact(ctx: CheckContext, recipe: Recipe): Promise<void> {
  const { intact } = await recipe.refused(ctx);
  const seen = await intact?.();
  if (!seen || respondedWith(seen, 200)) return;
  if (!isAbsent(seen)) throw unusable(seen);
  throw new Unreached(
    'the resource that a refused request names',
    'Another resource that the request names no longer exists, so its 404 is no evidence.',
    seen,
  );
}

/** The same request for something that does not exist. */
function elsewhere(template: RequestTemplate, name: string, uuid: string): Partial<CallOptions> {
  const path = { ...template.path, [name]: uuid };
  return { path, ...(template.bodyFor && { body: template.bodyFor(path) }) };
}

function versionClauses(subject: Subject): readonly Clause[] {
  const { contract, operation } = subject;
  if (!contract.microversions) return [];
  const malformedText = 'A malformed microversion is answered with 400 and none of these headers.';
  const outsideText = 'A microversion outside the supported range is answered with 406.';
  const draft = (id: string, whose: string, status: 400 | 406, check: (recipe: Recipe) => Check): Draft => ({
    id,
    statement: `A request ${whose} MUST be answered with ${status}.`,
    quotes: [answering(status === 400 ? malformedText : outsideText)],
    about: [],
    ranges: [operation.range],
    cases: 'once',
    needs: 'anyone',
    killedBy: ['derived:ignores-version-header'],
    check,
  });
  const asking =
    (microversion: string): Alter =>
    () => ({ microversion, as: 'member' });
  const malformed = draft(
    'refuses-malformed-microversion',
    'for a microversion that is not two numbers',
    400,
    (recipe) => (ctx) =>
      all(['2', 'osc', '2.01', '2.1.1'].map((text) => () => refusedWith(recipe, asking(text), 400)(ctx))),
  );
  const below = draft(
    'refuses-too-old-microversion',
    'for a microversion before the oldest',
    406,
    (recipe) => (ctx) => refusedWith(recipe, asking(before(ctx)), 406)(ctx),
  );
  const above = draft(
    'refuses-too-new-microversion',
    'for a microversion after the newest',
    406,
    (recipe) => (ctx) => refusedWith(recipe, asking(after(ctx)), 406)(ctx),
  );
  return [malformed, below, above].map((each) => deriveClause(subject, each));
}

/** Below the first microversion of a major version: the next one of the major version before. */
function before({ service: { range } }: CheckContext): string {
  const { first } = range;
  return formatMicroversion(previousMicroversion(first) ?? { major: first.major - 1, minor: first.minor + 1 });
}

function after({ service: { range } }: CheckContext): string {
  const { last } = range;
  if (!last) throw new HarnessError('The target has no newest microversion');
  return formatMicroversion(nextMicroversion(last));
}

function refusedWith(recipe: Recipe, alter: Alter, ...statuses: NonEmpty<number>): Check {
  return async (ctx) => expectStatus(await refused(ctx, recipe, alter), ...statuses);
}

async function all(steps: readonly (() => Promise<readonly Finding[]>)[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const step of steps) findings.push(...(await step()));
  return findings;
}

/** Where a status code is documented, and for which microversions. */
function documentedSource({ operation }: Subject, status: number): Pick<Draft, 'source' | 'ranges'> | undefined {
  const ranges = rangesWhere(operation, ({ errors }) => errors.some((error) => error.status === status));
  const source = operation.revisions.flatMap(({ errors }) => errors).find((error) => error.status === status)?.source;
  return ranges && source && { source, ranges };
}

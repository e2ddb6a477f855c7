/** Members of a response that the caller of a view is shown, and other callers are not. */
import { acceptedCall } from '../../../src/clauses/accepted-call.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { DeclaredOperation, View } from '../../../src/clauses/define-operation.ts';
import { recipeOf } from '../../../src/clauses/derive-recipe.ts';
import { placesAt } from '../../../src/contract/body-places.ts';
import { responseBody } from '../../../src/clauses/derive/response-members.ts';
import { bodyOf, expectResponse, type Checked } from '../../../src/clauses/matchers.ts';
import { recipeFor, type Recipe } from '../../../src/clauses/recipe.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { memberIndex, pathKeys } from '../../../src/contract/members.ts';
import { isJsonObject, type NonEmpty } from '../../../src/json.ts';

export function restrictedMembers(operation: DeclaredOperation): readonly WrittenClause[] {
  return Object.entries(operation.views ?? {}).flatMap(([words, view]) =>
    view.only ? clausesOn(operation, words, view, view.only) : [],
  );
}
restrictedMembers.namesCallers = true as const;

function clausesOn(
  operation: DeclaredOperation,
  words: string,
  { members, as = operation.caller }: View,
  { quote, range }: NonNullable<View['only']>,
): readonly WrittenClause[] {
  const { id, noun, caller } = operation;
  const recipe = recipeOf(operation);
  const names = members.map(nameOf).join(', ');
  const common = { quotes: [quote], ...(range !== undefined && { range }), cases: 'boundaries' } as const;
  return [
    {
      ...common,
      id: `${id}#hides-what-the-${as}-is-shown`,
      statement: `${noun} by the ${caller} MUST be answered without ${names}.`,
      ...(caller !== 'member' && { identities: [caller] }),
      killedBy: faults(id, members, 'reveal-field'),
      check: (ctx) => judge(ctx, operation, recipe, (shown) => members.flatMap((one) => expectHidden(shown, one))),
    },
    {
      ...common,
      id: `${id}#shows-the-${as}-more`,
      statement: `${noun} ${words} MUST be answered with those of the members ${names} that the microversion has.`,
      identities: [as],
      killedBy: faults(id, members, 'drop-field'),
      check: (ctx) =>
        judge(ctx, operation, recipeFor(recipe, members[0]), (shown) =>
          members.filter((one) => isKnown(ctx, one)).flatMap((one) => expectShown(shown, one)),
        ),
    },
  ];
}

async function judge(
  ctx: CheckContext,
  { id }: DeclaredOperation,
  recipe: Recipe,
  expect: (shown: Checked) => readonly Finding[],
): Promise<readonly Finding[]> {
  const { response } = await acceptedCall(ctx, id, recipe);
  return expectResponse(response, ctx.revision.responses[0].status, expect);
}

function faults(id: string, members: NonEmpty<string>, operator: string): NonEmpty<string> {
  const [first, ...rest] = members.map((member) => `${id}:${operator}:${nameOf(member)}`);
  return [first ?? '', ...rest];
}

function nameOf(pointer: string): string {
  return pathKeys(pointer).at(-1) ?? pointer;
}

function isKnown({ revision }: CheckContext, pointer: string): boolean {
  const body = responseBody(revision);
  return body.kind === 'json' && memberIndex(body.shape).byPath.has(pointer);
}

function expectHidden(shown: Checked, member: string): readonly Finding[] {
  return placesAt(bodyOf(shown), pathKeys(member)).map(({ pointer, value }) => ({
    kind: 'value',
    exchange: shown.id,
    pointer,
    expected: 'no such member',
    seen: value,
  }));
}

/** In every object that may have it. */
function expectShown(shown: Checked, member: string): readonly Finding[] {
  const objects = placesAt(bodyOf(shown), pathKeys(member).slice(0, -1));
  const name = nameOf(member);
  return objects
    .filter(({ value }) => !isJsonObject(value) || !Object.hasOwn(value, name))
    .map(({ pointer }) => ({
      kind: 'value',
      exchange: shown.id,
      pointer: `${pointer}/${name}`,
      expected: 'the member, whatever its value',
    }));
}

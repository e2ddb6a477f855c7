/** Members of a response that repeat an identifier of the request: they equal it character by character. */
import { sentIn } from '../../client/received.ts';
import { pathText } from '../../contract/members.ts';
import {
  isRepeated,
  repeatedMembers,
  requestValue,
  describeFrom,
  type RepeatedMember,
} from '../../contract/repeated.ts';
import { memberTopic } from '../../contract/members.ts';
import type { Clause } from '../clause.ts';
import { NotBound, Unreached } from '../../execution/errors.ts';
import { bodyOf } from '../matchers.ts';
import type { Recipe } from '../recipe.ts';
import type { CheckContext } from '../check-context.ts';
import type { Finding } from '../verdict.ts';
import { acceptedResponse } from './acts.ts';
import { deriveClause, rangesWhere, type Subject } from './draft.ts';
import { placesAt } from '../../contract/body-places.ts';
import { expectEnvelope } from './response-members.ts';

export function deriveRepeated(subject: Subject): readonly Clause[] {
  const { operation } = subject;
  const all = operation.revisions.flatMap((revision) => repeatedMembers(operation, revision));
  const distinct = new Map(all.map((repeated) => [pathText(repeated.path), repeated]));
  return [...distinct].flatMap(([name, repeated]) => {
    const ranges = rangesWhere(operation, (revision) =>
      repeatedMembers(operation, revision).some(({ path }) => pathText(path) === name),
    );
    if (!ranges) return [];
    return deriveClause(subject, {
      id: { about: 'repeats', path: repeated.path },
      statement: `The member ${name} of the reply MUST be the ${describeFrom(repeated.from)} of the request, letter by letter.`,
      about: [memberTopic('response', repeated.path)],
      ranges,
      needs: 'accepted',
      killedBy: ['derived:other-identifier', ...(repeated.isNumber ? [] : ['derived:recases-member'])],
      check: (recipe) => (ctx) => checkRepeated(ctx, recipe, repeated),
    });
  });
}

async function checkRepeated(
  ctx: CheckContext,
  recipe: Recipe,
  { path, from }: RepeatedMember,
): Promise<readonly Finding[]> {
  const response = await acceptedResponse(ctx, recipe);
  const asked = requestValue(ctx.operation, sentIn(response), from);
  if (asked === undefined) throw new NotBound(`The request has no ${describeFrom(from)}.`);
  const body = bodyOf(response);
  expectEnvelope(ctx, body, path[0]);
  const places = placesAt(body, path);
  if (places.length === 0) {
    throw new Unreached(`${ctx.operation.id} shows ${pathText(path)}`, `The response has no ${pathText(path)}.`);
  }
  return places
    .filter(({ value }) => !isRepeated(value, asked))
    .map(({ pointer, value }) => ({ kind: 'value', exchange: response.id, pointer, expected: asked, seen: value }));
}

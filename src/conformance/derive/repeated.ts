/** Members of a reply that repeat an identifier of the request: equal to it, letter by letter. */
import { sentIn } from '../../client/received.ts';
import { pathText } from '../../contract/members.ts';
import { isRepeated, repeatedMembers, requestValue, wordFrom, type RepeatedMember } from '../../contract/repeated.ts';
import { memberTopic } from '../../contract/members.ts';
import type { Clause } from '../clause.ts';
import { NotBound, Unreached } from '../errors.ts';
import { bodyOf } from '../matchers.ts';
import type { Recipe } from '../recipe.ts';
import type { Stage } from '../stage.ts';
import type { Finding } from '../verdict.ts';
import { specimen } from './acts.ts';
import { deriveClause, rangesWhere, type Subject } from './draft.ts';
import { expectEnvelope, placesAt } from './reply-places.ts';

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
      statement: `The member ${name} of the reply MUST be the ${wordFrom(repeated.from)} of the request, letter by letter.`,
      about: [memberTopic('response', repeated.path)],
      ranges,
      needs: 'accepted',
      refutedBy: ['derived:recases-member', 'derived:other-identifier'],
      check: (recipe) => (stage) => checkRepeated(stage, recipe, repeated),
    });
  });
}

async function checkRepeated(
  stage: Stage,
  recipe: Recipe,
  { path, from }: RepeatedMember,
): Promise<readonly Finding[]> {
  const reply = await specimen(stage, recipe);
  const asked = requestValue(stage.operation, sentIn(reply), from);
  if (asked === undefined) throw new NotBound(`The request has no ${wordFrom(from)}.`);
  const body = bodyOf(reply);
  expectEnvelope(stage, body, path[0]);
  const places = placesAt(body, path);
  if (places.length === 0) {
    throw new Unreached(`${stage.operation.id} shows ${pathText(path)}`, `The reply has no ${pathText(path)}.`);
  }
  return places
    .filter(({ value }) => !isRepeated(value, asked))
    .map(({ pointer, value }) => ({ kind: 'value', exchange: reply.id, pointer, expected: asked, seen: value }));
}

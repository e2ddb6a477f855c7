/** Lists the parameters of an operation for its outline: those of the request, then those of the response. */
import { bodiesOf, membersOf, memberTopic } from '../contract/members.ts';
import type { Operation, Revision, Shape } from '../contract/model.ts';
import { groupBy } from '../group-by.ts';
import type { OutlineParameter } from '../records/outline.ts';
import type { Claim } from './claim.ts';
import { outlineSentence, type CoveredClaimOf, type FindDecidedBy } from './outline-entry.ts';
import { spanText } from './span-text.ts';

/** A parameter in one revision. */
interface Seen {
  readonly topic: string;
  readonly side: OutlineParameter['side'];
  readonly place: OutlineParameter['place'];
  readonly name: string;
  readonly shape: Shape;
  readonly required: boolean;
  readonly revision: Revision;
}

export function outlineParameters(
  operation: Operation,
  members: readonly CoveredClaimOf<'member'>[],
  sentences: readonly CoveredClaimOf<'sentence'>[],
  findDecidedBy: FindDecidedBy,
): readonly OutlineParameter[] {
  const byTopic = groupBy(operation.revisions.flatMap(seenIn), ({ topic }) => topic);
  return members.flatMap((covered) => {
    const { topic, source } = covered.claim;
    const seen = byTopic.get(topic) ?? [];
    return seen.slice(-1).map(({ side, place, name, shape }): OutlineParameter => ({
      ...{ side, place, name, type: typeText(shape), required: requiredText(seen) },
      range: spanText([...new Set(seen.map(({ revision }) => revision.range))]),
      line: source.line,
      sentences: sentencesAt(source, sentences, findDecidedBy),
      ...findDecidedBy(covered),
    }));
  });
}

function seenIn(revision: Revision): readonly Seen[] {
  const { request, responses } = revision;
  const outside = (['path', 'query', 'header'] as const).flatMap((place) =>
    request[place].map((one): Seen => ({ ...one, topic: `${place} ${one.name}`, side: 'request', place, revision })),
  );
  const headers = responses.flatMap(({ header }) =>
    header.map((one): Seen => ({ ...one, topic: `header ${one.name}`, side: 'response', place: 'header', revision })),
  );
  const inside = (['request', 'response'] as const).flatMap((side) =>
    bodiesOf(revision, side).flatMap((body) =>
      body.kind !== 'json'
        ? []
        : membersOf(body.shape).map(({ path, member: { required, shape } }): Seen => {
            const topic = memberTopic(side, path);
            return { topic, side, place: 'body', name: topic.slice(side.length + 1), shape, required, revision };
          }),
    ),
  );
  return [...outside, ...headers, ...inside];
}

/** The sentences about the parameter: the sentence to which its line in the list refers, and those after it. */
function sentencesAt(
  { file, line }: Claim['source'],
  sentences: readonly CoveredClaimOf<'sentence'>[],
  findDecidedBy: FindDecidedBy,
): OutlineParameter['sentences'] {
  const keys = new Set(
    sentences
      .filter(({ claim: { sentence } }) =>
        sentence.listed?.some(({ source }) => source.file === file && source.line === line),
      )
      .map(({ claim: { source } }) => source.section),
  );
  return sentences
    .filter(({ claim: { sentence, source } }) => sentence.kind === 'parameter' && keys.has(source.section))
    .map((covered) => outlineSentence(covered.claim.sentence, findDecidedBy(covered)));
}

function requiredText(seen: readonly Seen[]): OutlineParameter['required'] {
  if (seen.every(({ required }) => required)) return 'always';
  return seen.some(({ required }) => required) ? 'sometimes' : 'never';
}

function typeText(shape: Shape): string {
  const nullable = 'nullable' in shape && shape.nullable ? ' or null' : '';
  if (shape.type === 'choice') return shape.options.map(typeText).join(' or ');
  if (shape.type === 'any') return 'any value';
  if (shape.type === 'array') return `array of ${typeText(shape.items)}${nullable}`;
  const format = 'facets' in shape && shape.facets?.format !== undefined ? ` (${shape.facets.format})` : '';
  return `${shape.type}${format}${nullable}`;
}

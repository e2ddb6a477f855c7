/**
 * The claims of the specs that clauses have to cover: sentences, codes, members and parameters, samples, and the
 * microversions at which something changes.
 */
import { bodiesOf, membersOf, type BodySide } from '../contract/members.ts';
import type { Contract, Operation, OperationId, Revision, Sentence, Source } from '../contract/model.ts';
import { type Topic } from '../contract/topic.ts';
import { memberTopic } from '../contract/members.ts';
import { formatMicroversion, previousMicroversion, type Microversion } from '../microversion.ts';

export const claimKinds = ['sentence', 'code', 'member', 'sample', 'boundary'] as const;

export type ClaimKind = (typeof claimKinds)[number];

interface ClaimOf {
  /** Its name in the list of what is not tested: the sentence, or the operation and its part. */
  readonly name: string;
  readonly source: Source;
}

export type Claim =
  | (ClaimOf & { readonly kind: 'sentence'; readonly sentence: Sentence })
  | (ClaimOf & { readonly kind: 'code'; readonly operation: OperationId; readonly status: number })
  /** A member of a body or a parameter outside of it. */
  | (ClaimOf & { readonly kind: 'member' | 'sample'; readonly operation: OperationId; readonly topic: Topic })
  /** The first microversion of a revision, and the last of the one before it, where there is one. */
  | (ClaimOf & {
      readonly kind: 'boundary';
      readonly operation: OperationId;
      readonly sides: readonly Microversion[];
    });

/** Sentences in the order of the files, then operation by operation. */
export function claimsOf(contract: Contract): readonly Claim[] {
  const sentences = contract.sentences.map((sentence): Claim => ({
    kind: 'sentence',
    name: sentence.text,
    source: sentence.source,
    sentence,
  }));
  return [...sentences, ...contract.operations.flatMap(operationClaims)];
}

/** Of an operation that releases no longer have, what these answer. */
function operationClaims(operation: Operation): readonly Claim[] {
  const { removal } = operation;
  if (removal) return codeClaims(operation).filter((claim) => claim.kind === 'code' && claim.status === removal.status);
  return [
    ...codeClaims(operation),
    ...memberClaims(operation),
    ...sampleClaims(operation),
    ...boundaryClaims(operation),
  ];
}

function codeClaims({ id, revisions }: Operation): readonly Claim[] {
  const codes = revisions.flatMap(({ responses, errors }) => [
    ...responses.filter(({ assumed }) => !assumed),
    ...errors,
  ]);
  return byKey(codes, ({ status }) => String(status)).map(({ status, source }) => ({
    kind: 'code',
    name: `${id} ${status}`,
    operation: id,
    status,
    source,
  }));
}

interface Topical {
  readonly topic: Topic;
  readonly source: Source;
}

function memberClaims({ id, revisions }: Operation): readonly Claim[] {
  const topics = byKey(revisions.flatMap(topicsIn), ({ topic }) => topic);
  return topics.map(({ topic, source }) => ({
    kind: 'member',
    name: `${id} ${topic}`,
    operation: id,
    topic,
    source,
  }));
}

function topicsIn(revision: Revision): readonly Topical[] {
  const { request, responses } = revision;
  const outside = (['path', 'query', 'header'] as const).flatMap((place) =>
    request[place].map(({ name, source }) => ({ topic: `${place} ${name}` as const, source })),
  );
  const headers = responses.flatMap(({ header }) =>
    header.map(({ name, source }) => ({ topic: `header ${name}` as const, source })),
  );
  return [...outside, ...headers, ...membersIn(revision, 'request'), ...membersIn(revision, 'response')];
}

function membersIn(revision: Revision, side: BodySide): readonly Topical[] {
  return bodiesOf(revision, side).flatMap((body) =>
    body.kind === 'json'
      ? membersOf(body.shape).map(({ path, member }) => ({ topic: memberTopic(side, path), source: member.source }))
      : [],
  );
}

function sampleClaims({ id, samples }: Operation): readonly Claim[] {
  return byKey(samples, ({ file }) => file).map(({ file, source }) => {
    const topic = `sample ${file}` as const;
    return { kind: 'sample', name: `${id} ${topic}`, operation: id, topic, source };
  });
}

function boundaryClaims({ id, revisions, source }: Operation): readonly Claim[] {
  return revisions.map(({ range: { first } }, index) => {
    const before = index === 0 ? undefined : previousMicroversion(first);
    return {
      kind: 'boundary',
      name: `${id} ${formatMicroversion(first)}`,
      operation: id,
      sides: before ? [before, first] : [first],
      source,
    };
  });
}

/** The first of each key, in order. */
function byKey<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  const seen = new Map<string, T>();
  for (const item of items) if (!seen.has(key(item))) seen.set(key(item), item);
  return [...seen.values()];
}

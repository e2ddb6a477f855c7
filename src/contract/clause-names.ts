/**
 * Builds the ids of derived clauses from words: `compute/list-volume-attachments#reply-has-tag`.
 *
 * An id depends on the operation and on the path of the member alone, so it stays stable when other members change.
 * The main container of a body is left out (`volumeAttachments` and its items); names of deeper members start with the
 * innermost, as in `vcpus-of-flavor`.
 */
import { bodiesOf, ITEMS, KEYS, rootObject, type BodySide } from './members.ts';
import type { Operation, OperationId } from './model.ts';

export type DerivedClauseId = `${OperationId}#${string}`;

/** The subject of a derived clause. Paths are those of `members.ts`. */
export type DerivedClause =
  | { readonly about: 'status'; readonly status: number }
  | { readonly about: 'no-body' }
  | { readonly about: 'body'; readonly side: BodySide }
  /** A required member with its type. */
  | { readonly about: 'required'; readonly side: BodySide; readonly path: readonly string[] }
  /** An optional member with its type. */
  | { readonly about: 'optional'; readonly side: BodySide; readonly path: readonly string[] }
  /** A member that exists only at other microversions. */
  | { readonly about: 'absent'; readonly side: BodySide; readonly path: readonly string[] }
  /** The object at the path has no members beyond those listed. */
  | { readonly about: 'closed'; readonly side: BodySide; readonly path: readonly string[] }
  /** A request member of a wrong type is rejected. */
  | { readonly about: 'type'; readonly path: readonly string[] }
  /** A response member that repeats an identifier of the request. */
  | { readonly about: 'repeats'; readonly path: readonly string[] }
  /** A schema keyword of a request member accepts exactly the values that match it. */
  | { readonly about: 'keyword'; readonly keyword: string; readonly path: readonly string[] }
  | { readonly about: 'query'; readonly name: string }
  | { readonly about: 'unknown-query' };

export function clauseId(operation: Operation, clause: DerivedClause): DerivedClauseId {
  return `${operation.id}#${wordsOf(operation, clause)}`;
}

function wordsOf(operation: Operation, clause: DerivedClause): string {
  switch (clause.about) {
    case 'status':
      return `answers-${clause.status}`;
    case 'no-body':
      return 'reply-has-no-body';
    case 'body':
      return clause.side === 'request' ? 'requires-a-body' : 'reply-has-a-body';
    case 'required':
      return `${clause.side === 'request' ? 'requires' : 'reply-has'}-${memberWords(operation, clause)}`;
    case 'optional':
      return `${clause.side === 'request' ? 'accepts' : 'reply-may-have'}-${memberWords(operation, clause)}`;
    case 'absent':
      return `${clause.side === 'request' ? 'refuses' : 'reply-lacks'}-${memberWords(operation, clause)}`;
    case 'closed':
      return closedWords(operation, clause);
    case 'type':
      return `checks-${memberWords(operation, { side: 'request', path: clause.path })}`;
    case 'repeats':
      return `repeats-${memberWords(operation, { side: 'response', path: clause.path })}`;
    case 'keyword': {
      const member = memberWords(operation, { side: 'request', path: clause.path });
      return `applies-${kebab(clause.keyword)}-to-${member}`;
    }
    case 'query':
      return `checks-query-${kebab(clause.name)}`;
    case 'unknown-query':
      return 'refuses-unknown-query';
  }
}

interface MemberPath {
  readonly side: BodySide;
  readonly path: readonly string[];
}

function closedWords(operation: Operation, member: MemberPath): string {
  const words = member.side === 'request' ? 'refuses-other-fields' : 'reply-has-no-other-fields';
  const keys = namedKeys(member.path);
  if (keys.length === 0) return `${words}-at-top`;
  return keys.length === 1 && keys[0] === mainContainer(operation, member.side)
    ? words
    : `${words}-in-${memberWords(operation, member)}`;
}

function memberWords(operation: Operation, { side, path }: MemberPath): string {
  const keys = namedKeys(path);
  const [first, ...inner] = keys;
  const isInside = inner.length > 0 && first === mainContainer(operation, side) && inner.join() !== first;
  return (isInside ? inner : keys).map(kebab).reverse().join('-of-');
}

/** Items of arrays and keys of maps are not part of a name. */
function namedKeys(path: readonly string[]): readonly string[] {
  return path.filter((key) => key !== ITEMS && key !== KEYS);
}

/** The first key of the first JSON body of the side. */
function mainContainer(operation: Operation, side: BodySide): string | undefined {
  for (const revision of operation.revisions) {
    for (const body of bodiesOf(revision, side)) {
      if (body.kind === 'json') return rootObject(body.shape)?.members[0]?.name;
    }
  }
  return undefined;
}

/** Converts `volumeId`, `OS-EXT-AZ:availability_zone` and `delete_on_termination` to hyphenated lower-case words. */
export function kebab(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
}

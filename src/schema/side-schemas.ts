/**
 * All schemas of an operation: for each side the ranges over which its schema stays the same.
 *
 * A side may stay the same where the operation changes elsewhere, so neighbouring revisions share a schema.
 */
import { clauseId } from '../contract/clause-names.ts';
import type { Body, Operation, Revision } from '../contract/model.ts';
import { includes, type Microversion, type MicroversionRange } from '../microversion.ts';
import type { JsonSchema } from './json-schema.ts';
import { querySchema } from './query-schema.ts';
import { shapeSchema, sideContext, type SideContext } from './shape-schema.ts';

export type SideName = 'request' | 'query' | `response-${number}`;

/** What a side may carry: nothing, something the reference does not tell, or JSON that matches the schema. */
export type SideContent =
  | { readonly kind: 'none' }
  | { readonly kind: 'undocumented' }
  | { readonly kind: 'json'; readonly schema: JsonSchema };

export interface SidePiece {
  readonly range: MicroversionRange;
  readonly content: SideContent;
}

export type SideSchemas = ReadonlyMap<SideName, readonly SidePiece[]>;

/** Sides in the order request, query, responses by status; pieces in the order of microversions. */
export function sideSchemas(operation: Operation): SideSchemas {
  const request = sideContext(operation, 'request');
  const response = sideContext(operation, 'response');
  const sides = new Map<SideName, readonly SidePiece[]>();
  for (const revision of operation.revisions) {
    for (const [side, content] of contentsOf(revision, request, response)) {
      sides.set(side, joinEqual(sides.get(side) ?? [], { range: revision.range, content }));
    }
  }
  return new Map([...sides].sort(([a], [b]) => sideRank(a) - sideRank(b)));
}

export function pieceAt(pieces: readonly SidePiece[] | undefined, version: Microversion): SidePiece | undefined {
  return pieces?.find(({ range }) => includes(range, version));
}

function contentsOf(
  { request: message, responses }: Revision,
  request: SideContext,
  response: SideContext,
): readonly (readonly [SideName, SideContent])[] {
  const query = querySchema(message, request.operation);
  const sides = responses
    .filter(({ assumed }) => !assumed)
    .map(({ status, body }) => [`response-${status}`, bodyContent(body, response)] as const);
  return [
    ['request', bodyContent(message.body, request)] as const,
    ...(query ? [['query', { kind: 'json', schema: query }] as const] : []),
    ...sides,
  ];
}

function bodyContent(body: Body, context: SideContext): SideContent {
  if (body.kind !== 'json') return { kind: body.kind };
  const { operation, side } = context;
  const schema = shapeSchema(body.shape, [], context);
  return { kind: 'json', schema: { ...schema, 'x-clause': clauseId(operation, { about: 'body', side }) } };
}

function joinEqual(pieces: readonly SidePiece[], next: SidePiece): readonly SidePiece[] {
  const last = pieces.at(-1);
  if (!last || !adjoins(last.range, next.range) || !sameContent(last.content, next.content)) return [...pieces, next];
  return [...pieces.slice(0, -1), { ...last, range: { first: last.range.first, last: next.range.last } }];
}

/** A side such as one status may be absent in between. */
function adjoins({ last }: MicroversionRange, { first }: MicroversionRange): boolean {
  return last?.major === first.major && last.minor + 1 === first.minor;
}

function sameContent(a: SideContent, b: SideContent): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function sideRank(side: SideName): number {
  return side === 'request' ? 0 : side === 'query' ? 1 : Number(side.slice('response-'.length));
}

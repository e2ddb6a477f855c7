/**
 * Projects a draft to one range in which no part begins or ends.
 */
import type { DocumentedResponse, Body, Member, Message, Parameter, Revision, Shape } from './model.ts';
import type { NonEmpty } from '../json.ts';
import { includes, intersect, type MicroversionRange } from '../microversion.ts';
import type { DraftOperation, Ranged } from './draft.ts';
import { contractKey } from './same-contract.ts';

export function revisionIn(draft: DraftOperation, range: MicroversionRange): Revision {
  const at: At = { piece: range, whole: draft.range };
  return { range, request: requestIn(draft, at), responses: responsesIn(draft, at), errors: errorsIn(draft, at) };
}

interface At {
  readonly piece: MicroversionRange;
  /** Ranges of members never reach beyond that of the operation. */
  readonly whole: MicroversionRange;
}

function requestIn({ request }: DraftOperation, at: At): Message {
  const unknownQuery = request.unknownQuery.findLast(({ range }) => covers(range, at))?.rule ?? 'undocumented';
  return {
    path: parametersIn(request.path, at),
    query: parametersIn(request.query, at),
    header: parametersIn(request.header, at),
    unknownQuery,
    body: bodyIn(request.body, at),
  };
}

/** If no code covers the range, the first documented one replaces it. */
function responsesIn({ responses }: DraftOperation, at: At): NonEmpty<DocumentedResponse> {
  const [first, ...rest] = responses
    .filter(({ range }) => covers(range, at))
    .map((response) => responseIn(response, at));
  if (first) return [first, ...rest];
  const [any] = responses;
  if (!any) throw new RangeError('A draft has no answer.');
  return [{ ...responseIn(any, at), assumed: true }];
}

function responseIn({ status, header, body, source, assumed }: Ranged<DocumentedResponse>, at: At): DocumentedResponse {
  return {
    status,
    header: parametersIn(header, at),
    body: bodyIn(body, at),
    source,
    ...(assumed && { assumed }),
  };
}

function errorsIn({ errors }: DraftOperation, at: At): Revision['errors'] {
  const covered = errors.filter(({ range }) => covers(range, at));
  const once = new Map(covered.map(({ status, source }) => [status, { status, source }]));
  return [...once.values()].sort((a, b) => a.status - b.status);
}

function parametersIn(parameters: readonly Parameter[], at: At): readonly Parameter[] {
  return parameters
    .filter(({ range }) => covers(range, at))
    .map((parameter) => ({ ...parameter, range: intersect(parameter.range, at.whole) ?? at.piece }));
}

function bodyIn(body: Body, at: At): Body {
  return body.kind === 'json' ? { kind: 'json', shape: shapeIn(body.shape, at) } : body;
}

function shapeIn(shape: Shape, at: At): Shape {
  if (shape.type === 'object') {
    const { openIn, ...whole } = shape;
    const open = whole.open || (openIn?.some((range) => covers(range, at)) ?? false);
    const values = whole.values && { values: shapeIn(whole.values, at) };
    return { ...whole, open, members: membersIn(whole.members, at), ...values };
  }
  if (shape.type === 'array') return { ...shape, items: shapeIn(shape.items, at) };
  if (shape.type !== 'choice') return shape;
  const [first, ...rest] = shape.options;
  return { type: 'choice', options: [shapeIn(first, at), ...rest.map((option) => shapeIn(option, at))] };
}

/** Lines about one member with the same microversions become a choice between their shapes. */
function membersIn(members: readonly Member[], at: At): readonly Member[] {
  const byName = new Map<string, Member>();
  for (const member of members.filter(({ range }) => covers(range, at))) {
    const projected = memberIn(member, at);
    const other = byName.get(member.name);
    byName.set(member.name, other ? either(other, projected) : projected);
  }
  return [...byName.values()];
}

function memberIn(member: Member, at: At): Member {
  const range = intersect(member.range, at.whole) ?? at.piece;
  return { ...member, shape: shapeIn(member.shape, at), range };
}

function either(a: Member, b: Member): Member {
  return { ...a, required: a.required && b.required, shape: eitherShape(a.shape, b.shape) };
}

/** Each form once. */
function eitherShape(a: Shape, b: Shape): Shape {
  const forms = [a, b].flatMap((shape) => (shape.type === 'choice' ? shape.options : [shape]));
  const distinct = new Map(forms.map((form) => [contractKey(form), form]));
  const [first = a, ...rest] = distinct.values();
  return rest.length === 0 ? first : { type: 'choice', options: [first, ...rest] };
}

function covers(range: MicroversionRange, { piece }: At): boolean {
  return includes(range, piece.first);
}

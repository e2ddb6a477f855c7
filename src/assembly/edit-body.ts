/** Edits the JSON bodies of one side of a draft. */
import type { DraftOperation } from '../contract/draft.ts';
import type { Body, Shape } from '../contract/model.ts';
import type { Side } from '../reference/model.ts';

type ShapeChange = (shape: Shape) => Shape | undefined;

/** Undefined when no body of the side has what the change looks for. */
export function editBody(draft: DraftOperation, side: Side, change: ShapeChange): DraftOperation | undefined {
  if (side === 'request') {
    const body = changed(draft.request.body, change);
    return body && { ...draft, request: { ...draft.request, body } };
  }
  const bodies = draft.responses.map(({ body }) => changed(body, change));
  if (bodies.every((body) => body === undefined)) return undefined;
  const responses = draft.responses.map((response, index) => ({ ...response, body: bodies[index] ?? response.body }));
  return { ...draft, responses };
}

function changed(body: Body, change: ShapeChange): Body | undefined {
  if (body.kind !== 'json') return undefined;
  const shape = change(body.shape);
  return shape && { kind: 'json', shape };
}

/**
 * Cuts a draft into revisions: the longest ranges in which the operation does not change.
 *
 * The range is split wherever a part begins or ends, each piece is projected, and equal adjacent pieces are joined: the
 * cost grows with the number of changes, not of microversions.
 */
import { membersOf, objectsOf } from './members.ts';
import type { Contract, Operation, Revision } from './model.ts';
import type { NonEmpty } from '../json.ts';
import { nextMicroversion, splitRange, type Microversion, type MicroversionRange } from '../microversion.ts';
import type { DraftContract, DraftOperation } from './draft.ts';
import { revisionIn } from './project.ts';
import { contractKey } from './same-contract.ts';

export function contractOf(draft: DraftContract): Contract {
  return { ...draft, operations: draft.operations.map(operationOf) };
}

export function operationOf(draft: DraftOperation): Operation {
  const { id, title, method, path, when, source, range, removal, notes, samples } = draft;
  return {
    ...{ id, title, method, path, ...(when && { when }) },
    source,
    range,
    ...(removal && { removal }),
    revisions: revisionsOf(draft),
    notes,
    samples,
  };
}

export function revisionsOf(draft: DraftOperation): NonEmpty<Revision> {
  const firsts = rangesOf(draft).flatMap(changesAt);
  const [first, ...rest] = splitRange(draft.range, firsts).map((piece) => revisionIn(draft, piece));
  if (!first) throw new RangeError(`The range of ${draft.id} has no pieces.`);
  return rest.reduce<NonEmpty<Revision>>((joined, revision) => joinEqual(joined, revision), [first]);
}

function joinEqual(revisions: NonEmpty<Revision>, next: Revision): NonEmpty<Revision> {
  const [first, ...rest] = revisions;
  const last = rest.at(-1) ?? first;
  if (contractKey(last) !== contractKey(next)) return [first, ...rest, next];
  const joined = { ...last, range: { first: last.range.first, last: next.range.last } };
  return rest.length === 0 ? [joined] : [first, ...rest.slice(0, -1), joined];
}

/** The microversions at which a part begins, and those right after a part ends. */
function changesAt({ first, last }: MicroversionRange): readonly Microversion[] {
  return last ? [first, nextMicroversion(last)] : [first];
}

function rangesOf({ request, responses, errors }: DraftOperation): readonly MicroversionRange[] {
  const parameters = [
    ...request.path,
    ...request.query,
    ...request.header,
    ...responses.flatMap(({ header }) => header),
  ];
  const bodies = [request.body, ...responses.map(({ body }) => body)];
  const shapes = bodies.flatMap((body) => (body.kind === 'json' ? [body.shape] : []));
  const members = shapes.flatMap((shape) => membersOf(shape));
  return [
    ...[...parameters, ...request.unknownQuery, ...responses, ...errors].map(({ range }) => range),
    ...members.map(({ member }) => member.range),
    ...shapes.flatMap(objectsOf).flatMap(({ openIn = [] }) => openIn),
  ];
}

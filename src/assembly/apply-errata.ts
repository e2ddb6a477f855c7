/**
 * Applies errata to drafts: each change is an edit of data, and one that finds nothing to edit is reported.
 */
import type { DraftOperation } from '../contract/draft.ts';
import type { DocumentedResponse, Member, OperationId, Source } from '../contract/model.ts';
import { pathText } from '../contract/members.ts';
import type { Report } from '../diagnostic.ts';
import { formatRange, intersect, splitRange } from '../microversion.ts';
import { addMember, editMember, editedValue } from './edit-shape.ts';
import { editBody } from './edit-body.ts';
import { saysNoBody } from './no-body.ts';
import { ends } from './shown-kinds.ts';
import type { Change, ErratumEntry } from './model.ts';

export function applyErrata(
  drafts: readonly DraftOperation[],
  errata: readonly ErratumEntry[],
  report: Report,
): readonly DraftOperation[] {
  const byId = new Map<OperationId, DraftOperation>(drafts.map((draft) => [draft.id, draft]));
  for (const erratum of errata) applyErratum(erratum, byId, report);
  return drafts.map((draft) => byId.get(draft.id) ?? draft);
}

function applyErratum(erratum: ErratumEntry, drafts: Map<OperationId, DraftOperation>, report: Report): void {
  for (const id of erratum.operations) if (!drafts.has(id)) reportUnknown(erratum, id, report);
  for (const change of erratum.changes) {
    for (const id of change.operations) {
      const draft = drafts.get(id);
      const edited = draft && edit(draft, change, erratum);
      if (edited) drafts.set(id, edited);
      else if (draft) reportMissing(erratum, change, id, report);
    }
  }
}

/** Undefined when the draft has no such place. */
function edit(draft: DraftOperation, change: Change, erratum: ErratumEntry): DraftOperation | undefined {
  switch (change.change) {
    case 'availability':
      return limited(draft, change);
    case 'member':
      return editBody(draft, change.side, (shape) => {
        return editMember(
          shape,
          change.path,
          within(change, (member) => [editedValue(member, change.set)]),
        );
      });
    case 'no-member':
      return editBody(draft, change.side, (shape) =>
        editMember(
          shape,
          change.path,
          within(change, () => []),
        ),
      );
    case 'new-member':
      return withMember(draft, change, sourceOf(erratum, change));
    case 'parameter':
      return withParameter(draft, change);
    case 'new-parameter':
      return withNewParameter(draft, change, sourceOf(erratum, change));
    case 'no-parameter':
      return withoutParameter(draft, change);
    case 'no-body':
      return withoutBody(draft, change.status, sourceOf(erratum, change));
    case 'no-header':
      return withoutHeader(draft, change);
    case 'success':
      return withSuccess(draft, change, sourceOf(erratum, change));
    case 'new-error':
      return withError(draft, change, sourceOf(erratum, change));
    case 'unknown-query':
      return withQueryRule(draft, change);
  }
}

/** Edits the part of a member that lies in the range of the change. */
function within(
  { range }: Pick<ChangeTo<'member'>, 'range'>,
  edit: (member: Member) => readonly Member[],
): (member: Member) => readonly Member[] {
  if (!range) return edit;
  return (member) => {
    const pieces = splitRange(member.range, ends(range)).map((piece) => ({ ...member, range: piece }));
    return pieces.flatMap((piece) => (intersect(piece.range, range) ? edit(piece) : [piece]));
  };
}

type ChangeTo<K extends Change['change']> = Extract<Change, { readonly change: K }>;

function limited(draft: DraftOperation, { range }: ChangeTo<'availability'>): DraftOperation | undefined {
  const left = intersect(draft.range, range);
  if (!left) return undefined;
  const samples = draft.samples.flatMap((sample) => {
    const held = intersect(sample.range, left);
    return held ? [{ ...sample, range: held }] : [];
  });
  return { ...draft, range: left, samples };
}

function withMember(draft: DraftOperation, change: ChangeTo<'new-member'>, source: Source): DraftOperation | undefined {
  const { required, shape, range } = change.member;
  const name = change.path.at(-1) ?? '';
  const member = { name, required, shape, range: range ?? draft.range, source };
  return editBody(draft, change.side, (body) => addMember(body, change.path, member));
}

function withParameter(
  draft: DraftOperation,
  { in: place, name, set, wrongValue }: ChangeTo<'parameter'>,
): DraftOperation | undefined {
  const parameters = draft.request[place];
  if (!parameters.some((parameter) => parameter.name === name)) return undefined;
  const edited = parameters.map((parameter) =>
    parameter.name === name ? { ...editedValue(parameter, set), ...(wrongValue && { wrongValue }) } : parameter,
  );
  return { ...draft, request: { ...draft.request, [place]: edited } };
}

/** A name may be there at other microversions. */
function withNewParameter(
  draft: DraftOperation,
  { in: place, name, required, shape, range = draft.range }: ChangeTo<'new-parameter'>,
  source: Source,
): DraftOperation | undefined {
  const before = draft.request[place];
  if (before.some((other) => other.name === name && intersect(other.range, range))) return undefined;
  return { ...draft, request: { ...draft.request, [place]: [...before, { name, required, shape, range, source }] } };
}

function withoutParameter(
  draft: DraftOperation,
  { in: place, name }: ChangeTo<'no-parameter'>,
): DraftOperation | undefined {
  const left = draft.request[place].filter((parameter) => parameter.name !== name);
  return left.length < draft.request[place].length
    ? { ...draft, request: { ...draft.request, [place]: left } }
    : undefined;
}

function withoutBody(draft: DraftOperation, status: number, source: Source): DraftOperation | undefined {
  const found = draft.responses.some((response) => response.status === status && response.body.kind !== 'none');
  // Prose may say it too, without a form that could be read; then the body is gone because of that sentence.
  const said = draft.notes.find(({ text, side }) => side !== 'request' && saysNoBody(text));
  const body = { kind: 'none' as const, source: said?.source ?? source };
  const responses = draft.responses.map((response) => {
    return response.status === status ? { ...response, body } : response;
  });
  return found ? { ...draft, responses } : undefined;
}

function withoutHeader(draft: DraftOperation, { status, name }: ChangeTo<'no-header'>): DraftOperation | undefined {
  const isMeant = (response: DocumentedResponse): boolean =>
    response.status === status && response.header.some((header) => header.name === name);
  if (!draft.responses.some(isMeant)) return undefined;
  const responses = draft.responses.map((response) => {
    return isMeant(response)
      ? { ...response, header: response.header.filter((header) => header.name !== name) }
      : response;
  });
  return { ...draft, responses };
}

/** The body and the headers stay. */
function withSuccess(
  draft: DraftOperation,
  { status, insteadOf }: ChangeTo<'success'>,
  source: Source,
): DraftOperation | undefined {
  if (draft.responses.some((response) => response.status === status && !response.assumed)) return undefined;
  const isMeant = (response: DocumentedResponse): boolean =>
    insteadOf === undefined ? response.assumed === true : response.status === insteadOf;
  if (!draft.responses.some(isMeant)) return undefined;
  const responses = draft.responses.map((response) => {
    if (!isMeant(response)) return response;
    const { header, body, range } = response;
    return { status, header, body, range, source };
  });
  return { ...draft, responses };
}

function withError(
  draft: DraftOperation,
  { status, range }: ChangeTo<'new-error'>,
  source: Source,
): DraftOperation | undefined {
  if (draft.errors.some((error) => error.status === status)) return undefined;
  const errors = [...draft.errors, { status, source, range: range ?? draft.range }];
  return { ...draft, errors: errors.sort((a, b) => a.status - b.status) };
}

function withQueryRule(draft: DraftOperation, { rule, range }: ChangeTo<'unknown-query'>): DraftOperation {
  const unknownQuery = [...draft.request.unknownQuery, { rule, range: range ?? draft.range }];
  return { ...draft, request: { ...draft.request, unknownQuery } };
}

function sourceOf({ id }: ErratumEntry, { at }: Change): Source {
  return { file: at.file, section: id, line: at.line };
}

function reportUnknown({ id, at }: ErratumEntry, operation: OperationId, report: Report): void {
  const message = `the erratum ${id} speaks of ${operation}, which is not in the reference`;
  report({ severity: 'error', code: 'absent-operation', at, message, expected: 'the id of an operation' });
}

function reportMissing({ id }: ErratumEntry, change: Change, operation: OperationId, report: Report): void {
  const message = `the change ${change.change} of erratum ${id} finds nothing to edit in ${operation}`;
  report({ severity: 'error', code: 'erratum-target', at: change.at, message, expected: targetOf(change) });
}

function targetOf(change: Change): string {
  switch (change.change) {
    case 'availability':
      return `an operation that exists somewhere in ${formatRange(change.range)}`;
    case 'member':
    case 'no-member':
      return `a member ${pathText(change.path)} in the ${change.side}`;
    case 'new-member':
      return `an object in the ${change.side} for ${pathText(change.path)}, without that member`;
    case 'parameter':
    case 'no-parameter':
      return `a ${change.in} parameter ${change.name}`;
    case 'new-parameter':
      return `an operation without the ${change.in} parameter ${change.name}`;
    case 'no-header':
      return `a response ${change.status} with the header ${change.name}`;
    case 'success':
      return change.insteadOf === undefined
        ? 'an operation without a success code'
        : `an operation with the success code ${change.insteadOf} and without ${change.status}`;
    case 'no-body':
      return `an answer ${change.status} with a body`;
    case 'new-error':
      return `an operation without the error ${change.status}`;
    case 'unknown-query':
      return 'an operation';
  }
}

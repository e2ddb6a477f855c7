/**
 * One operation of the reference as a draft: everything it promises, each part with its microversions.
 */
import type { DraftOperation, DraftRequest } from '../contract/draft.ts';
import type { Body, ContractNote, Removal } from '../contract/model.ts';
import { responsesOf, errorsOf } from './documented-responses.ts';
import { bodyShape } from './body.ts';
import type { NamedOperation } from './operation-ids.ts';
import { parametersIn } from './parameters.ts';
import { sourceAt, type Reading } from './reading.ts';
import { samplesOf } from './samples.ts';

export function draftOf({ id, operation, entry }: NamedOperation, reading: Reading): DraftOperation {
  const { title, method, path } = operation;
  const request = requestOf(reading);
  const responses = responsesOf(reading);
  const bodies = { request: [request.body], response: responses.map(({ body }) => body) };
  return {
    id,
    title,
    method,
    path,
    ...(entry?.when && { when: entry.when }),
    source: sourceAt(reading),
    range: reading.range,
    ...(entry?.removal && { removal: entry.removal }),
    request,
    responses,
    errors: withRemoval(errorsOf(reading), reading, entry?.removal),
    notes: notesOf(reading),
    samples: samplesOf(reading, (side) => bodies[side].flatMap((body) => (body.kind === 'json' ? [body.shape] : []))),
  };
}

/** With the code of the releases without the operation, which the reference may leave out. */
function withRemoval(
  errors: DraftOperation['errors'],
  reading: Reading,
  removal: Removal | undefined,
): DraftOperation['errors'] {
  if (!removal || errors.some(({ status }) => status === removal.status)) return errors;
  return [...errors, { status: removal.status, source: sourceAt(reading), range: reading.range }];
}

function requestOf(reading: Reading): DraftRequest {
  return {
    path: parametersIn('path', 'request', reading),
    query: parametersIn('query', 'request', reading),
    header: parametersIn('header', 'request', reading),
    body: requestBody(reading),
    unknownQuery: [],
  };
}

/** GET and HEAD have no body, whatever is listed for it; a DELETE has none unless one is documented. */
function requestBody(reading: Reading): Body {
  const { method } = reading.operation;
  const shape = ['GET', 'HEAD'].includes(method) ? undefined : bodyShape('request', reading);
  if (shape) return { kind: 'json', shape };
  const bodiless = ['GET', 'HEAD', 'DELETE'].includes(method);
  return bodiless ? { kind: 'none', source: sourceAt(reading) } : { kind: 'undocumented' };
}

/** Admonitions and plain paragraphs, in the order of the text; the latter have the kind `prose`. */
function notesOf(reading: Reading): readonly ContractNote[] {
  const { notes, paragraphs } = reading.operation;
  const prose = paragraphs.map((paragraph) => ({ ...paragraph, kind: 'prose' }));
  return [...notes, ...prose]
    .sort((a, b) => a.at.line - b.at.line)
    .map(({ kind, text, side, at }) => ({ kind, text, ...(side && { side }), source: sourceAt(reading, at) }));
}

/**
 * What an operation may answer: success codes with their bodies, and error codes.
 */
import type { Ranged } from '../contract/draft.ts';
import { rootObject } from '../contract/members.ts';
import type { DocumentedResponse, Body, ErrorCode, Shape } from '../contract/model.ts';
import {
  includes,
  intersect,
  nextMicroversion,
  splitRange,
  type Microversion,
  type MicroversionRange,
} from '../microversion.ts';
import type { StatusCode } from '../reference/model.ts';
import { bodyShape } from './body.ts';
import { saysResponseHasNoBody } from './no-body.ts';
import { parametersIn } from './parameters.ts';
import { sourceAt, type Reading } from './reading.ts';
import { spanOf } from './span-of.ts';

export function responsesOf(reading: Reading): readonly Ranged<DocumentedResponse>[] {
  const header = parametersIn('header', 'response', reading);
  const body = responseBody(reading);
  const found = codesOf('success', reading).flatMap(({ code, range }): readonly Ranged<DocumentedResponse>[] => {
    const source = sourceAt(reading, code.at);
    const own: Body = code.status === 204 || code.status === 304 ? { kind: 'none', source } : body;
    return bodiesIn(own, range).map((piece) => ({ status: code.status, header, source, ...piece }));
  });
  return found.length > 0 ? found : [assumedResponse(header, body, reading)];
}

export function errorsOf(reading: Reading): readonly Ranged<ErrorCode>[] {
  const found = codesOf('error', reading).map(({ code, range }) => {
    return { status: code.status, source: sourceAt(reading, code.at), range };
  });
  return found.sort((a, b) => a.status - b.status);
}

function responseBody(reading: Reading): Body {
  const shape: Shape | undefined = bodyShape('response', reading);
  if (shape) return { kind: 'json', shape };
  const sentence = saysResponseHasNoBody(reading.operation);
  return sentence ? { kind: 'none', source: sourceAt(reading, sentence) } : { kind: 'undocumented' };
}

/** A body that is documented in full exists where some member of it does; nothing is known of other microversions. */
function bodiesIn(body: Body, whole: MicroversionRange): readonly Ranged<{ readonly body: Body }>[] {
  const root = body.kind === 'json' ? rootObject(body.shape) : undefined;
  if (!root || root.open || root.members.length === 0) return [{ body, range: whole }];
  const ranges = root.members.map(({ range }) => range);
  const pieces = splitRange(whole, ranges.flatMap(endsOf)).map((range): Ranged<{ readonly body: Body }> => {
    const isThere = ranges.some((own) => includes(own, range.first));
    return { body: isThere ? body : { kind: 'undocumented' }, range };
  });
  return pieces.reduce<readonly Ranged<{ readonly body: Body }>[]>((joined, piece) => {
    const before = joined.at(-1);
    const span = before?.body.kind === piece.body.kind ? spanOf(before.range, piece.range) : undefined;
    return before && span ? [...joined.slice(0, -1), { ...before, range: span }] : [...joined, piece];
  }, []);
}

function endsOf({ first, last }: MicroversionRange): readonly Microversion[] {
  return last ? [first, nextMicroversion(last)] : [first];
}

interface CodeInRange {
  readonly code: StatusCode;
  readonly range: MicroversionRange;
}

function codesOf(kind: StatusCode['kind'], { operation, range }: Reading): readonly CodeInRange[] {
  const codes = operation.codes.filter((code) => code.kind === kind);
  return codes.flatMap((code) => {
    const own = code.range ? intersect(range, code.range) : range;
    return own ? [{ code, range: own }] : [];
  });
}

/** Something has to stand there; it is marked, so that nobody takes it for a promise. */
function assumedResponse(
  header: DocumentedResponse['header'],
  body: Body,
  reading: Reading,
): Ranged<DocumentedResponse> {
  const message = 'no success code is documented; 200 stands in for it';
  reading.say('warning', 'no-success-code', message, 'a line "Normal response codes: 200"');
  return { status: 200, header, body, source: sourceAt(reading), range: reading.range, assumed: true };
}

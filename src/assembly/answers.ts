/**
 * What an operation may answer: success codes with their bodies, and error codes.
 */
import type { Ranged } from '../contract/draft.ts';
import type { Answer, Body, ErrorCode, Shape } from '../contract/model.ts';
import { intersect, type MicroversionRange } from '../microversion.ts';
import type { StatusCode } from '../reference/model.ts';
import { bodyShape } from './body.ts';
import { saysReplyHasNoBody } from './no-body.ts';
import { parametersIn } from './parameters.ts';
import { sourceAt, type Reading } from './reading.ts';

export function answersOf(reading: Reading): readonly Ranged<Answer>[] {
  const header = parametersIn('header', 'response', reading);
  const body = replyBody(reading);
  const found = codesOf('success', reading).map(({ code, range }): Ranged<Answer> => {
    const source = sourceAt(reading, code.at);
    const own: Body = code.status === 204 || code.status === 304 ? { kind: 'none', source } : body;
    return { status: code.status, header, body: own, source, range };
  });
  return found.length > 0 ? found : [assumedAnswer(header, body, reading)];
}

export function errorsOf(reading: Reading): readonly Ranged<ErrorCode>[] {
  const found = codesOf('error', reading).map(({ code, range }) => {
    return { status: code.status, source: sourceAt(reading, code.at), range };
  });
  return found.sort((a, b) => a.status - b.status);
}

function replyBody(reading: Reading): Body {
  const shape: Shape | undefined = bodyShape('response', reading);
  if (shape) return { kind: 'json', shape };
  const sentence = saysReplyHasNoBody(reading.operation);
  return sentence ? { kind: 'none', source: sourceAt(reading, sentence) } : { kind: 'undocumented' };
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
function assumedAnswer(header: Answer['header'], body: Body, reading: Reading): Ranged<Answer> {
  const message = 'no success code is documented; 200 stands in for it';
  reading.say('warning', 'no-success-code', message, 'a line "Normal response codes: 200"');
  return { status: 200, header, body, source: sourceAt(reading), range: reading.range, assumed: true };
}

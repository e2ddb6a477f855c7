/** The inputs of a check, read from its transcript: in recorded order, and only those that it received. */
import type { Exchange } from '../client/exchange.ts';
import type { RequestFacts, Recorder } from '../client/recorder.ts';
import { createRedactor, redacted } from '../client/redaction.ts';
import type { Session } from '../target/session.ts';
import type { Identity } from '../clauses/identity.ts';
import { deliverInOrder, type Delivered, type Delivery } from './deliver-in-order.ts';
import { HarnessError } from './errors.ts';
import { errorOf } from './failure.ts';
import { isFromOutside, type Inputs } from './inputs.ts';
import { emptyTranscript, type RecordedInput, type Transcript } from './transcript.ts';

export interface Recorded {
  readonly exchanges: ReadonlyMap<string, Exchange>;
  readonly sessions: ReadonlyMap<Identity, Session>;
}

/** `stalled` rejects when the check cannot reach a verdict. */
export function recordedInputs(
  transcript: Transcript,
  recorded: Recorded,
): { readonly inputs: Inputs; readonly stalled: Promise<never> } {
  const delivery = deliverInOrder();
  return { inputs: inputsOf(transcript, recorded, delivery), stalled: delivery.stalled };
}

type InputOf<K extends RecordedInput['is']> = Extract<RecordedInput, { readonly is: K }>;

function inputsOf(transcript: Transcript, recorded: Recorded, delivery: Delivery): Inputs {
  const take = delivery.open(transcript);
  const { inputs } = transcript;
  let count = 0;
  const at = <K extends RecordedInput['is']>(asked: number, is: K): InputOf<K> | undefined =>
    inputs.find((input): input is InputOf<K> => input.asked === asked && input.is === is);
  const received = async <K extends Delivered['is']>(asked: number, is: K): Promise<InputOf<K>> => {
    const input: RecordedInput = await take(asked);
    if (input.is !== is) throw unexpectedInput();
    return input as InputOf<K>;
  };
  return {
    areRecorded: true,
    fixture: async <T>() => {
      const input = await take(count++);
      if (input.is === 'failure') throw errorOf(input.failure);
      if (input.is !== 'value') throw unexpectedInput();
      return input.value as T;
    },
    uuid: () => {
      const drawn = at(count++, 'drawn');
      if (!drawn) throw unexpectedInput();
      return drawn.value;
    },
    wait: async ({ look, isMet }) => {
      const asked = count++;
      const end = at(asked, 'waited');
      const looks = inputs.filter((input) => input.asked === asked && input.is === 'look').length;
      for (let done = 1; ; done += 1) {
        await received(asked, 'look');
        const last = await look();
        const response = isMet(last);
        if (end && done === looks) return { isMet: response === true, last, waitedMs: end.waitedMs };
        if (response !== false) throw new HarnessError('The evidence has another poll after the wait was over.');
      }
    },
    request: async (send) => {
      const input = await received(count++, 'response');
      const left = input.exchanges.flatMap((id) => recorded.exchanges.get(id) ?? []);
      const instead = { recorder: recorderOf(left, input), sessions: sessionsOf(recorded.sessions, left) };
      const exchange = await send(instead, () => undefined);
      if (left.length > 0) throw new HarnessError('The evidence has more exchanges of a request than the check sends.');
      return exchange;
    },
    shared: async (key, execute) => {
      const asked = count++;
      if (at(asked, 'shared')?.key !== key) {
        await take(asked);
        throw unexpectedInput();
      }
      const done = await execute(() => inputsOf(transcript.shared[key] ?? emptyTranscript, recorded, delivery));
      await received(asked, 'shared');
      return done;
    },
    transcript: () => transcript,
  };
}

function unexpectedInput(): HarnessError {
  return new HarnessError('The check asks for another input than the evidence has at this point.');
}

/** Nothing is sent. */
export const silentRecorder: Recorder = {
  redactor: createRedactor(),
  totals: () => ({ exchanges: 0, targetMs: 0, targetBusyMs: 0 }),
  now: () => 0,
  again: () => Promise.resolve(false),
  lost: () => undefined,
  isFailing: () => false,
  send: ({ request }) => Promise.reject(new HarnessError(`${request.method} ${request.url} is not in the evidence.`)),
};

/** Returns the recorded exchanges of one request; `left` are those that have not been returned yet. */
function recorderOf(left: Exchange[], { failure }: InputOf<'response'>): Recorder {
  return {
    ...silentRecorder,
    // The evidence shows whether there was a retry; it depended on the time of the run.
    again: ({ attempt }) => Promise.resolve(left[0]?.attempt === attempt + 1),
    send: (requestFacts) => {
      const [exchange] = left;
      if (!exchange && failure && isFromOutside(failure)) return Promise.reject(errorOf(failure));
      if (!exchange || !isAlike(exchange, requestFacts)) return silentRecorder.send(requestFacts);
      left.shift();
      const { response, failure: fault = { code: 'lost', message: 'No failure was kept.' } } = exchange;
      return Promise.resolve({ exchange, outcome: response ? { response } : { failure: fault } });
    },
  };
}

/** The validation of a lost token is kept in the evidence; that of a valid token is not. */
function sessionsOf(sessions: Recorded['sessions'], left: Exchange[]): ReadonlyMap<Identity, Session> {
  const isAboutToken = (): boolean => left[0]?.purpose === 'sign-in';
  return new Map(
    [...sessions].map(([identity, session]): [Identity, Session] => [
      identity,
      {
        ...session,
        isGood: () => {
          const exchange = isAboutToken() ? left.shift() : undefined;
          return Promise.resolve(exchange && { good: false, exchange });
        },
        get renewable() {
          return left.length > 0 && !isAboutToken();
        },
      },
    ]),
  );
}

function isAlike(exchange: Exchange, { purpose, identity, request, attempt = 1 }: RequestFacts): boolean {
  const before = exchange.request;
  return (
    exchange.purpose === purpose &&
    exchange.identity === identity &&
    (exchange.attempt ?? 1) === attempt &&
    before.method === request.method &&
    isSameText(placeOf(before.url), placeOf(request.url)) &&
    isSameText(before.body, request.body) &&
    versionOf(before.headers) === versionOf(request.headers)
  );
}

/** Compares texts of which one is redacted: redaction also replaces equal texts that are no secret. */
function isSameText(before: string | undefined, now: string | undefined): boolean {
  if (before === now || before === undefined || now === undefined) return before === now;
  const [first = '', ...rest] = before.split(redacted);
  if (rest.length === 0 || !now.startsWith(first)) return false;
  let at = first.length;
  for (const [place, part] of rest.entries()) {
    at = place === rest.length - 1 ? now.length - part.length : now.indexOf(part, at);
    if (at < 0 || !now.startsWith(part, at)) return false;
    at += part.length;
  }
  return true;
}

/**
 * The path without host, port and project: endpoints may contain the project of the caller, which is not recorded for
 * every identity; and the parts of a run on the embedded cloud use different ports.
 */
function placeOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, '').replace(/\/(v\d[^/]*)\/(?:AUTH_)?[0-9a-f]{32}(?=\/|$)/, '/$1');
}

function versionOf(headers: Exchange['request']['headers']): string | undefined {
  return headers.find(([name]) => name === 'openstack-api-version')?.[1];
}

/** Does a value read from a file have the form of the evidence of a case: its exchanges, and what its check was given? */
import type { Exchange, ReceivedResponse, SentRequest, TransportFailure } from '../client/exchange.ts';
import type { Evidence } from '../conformance/playback.ts';
import type { Prop, Script, WaitNote } from '../conformance/script.ts';
import { isObject, json, list, map, number, oneOf, optional, shape, text, type Guard } from './guards.ts';

type PropOf<K extends Prop['is']> = Extract<Prop, { is: K }>;

const headers = list((value) => Array.isArray(value) && value.length === 2 && value.every(text));

const exchange = shape<Exchange>({
  id: text,
  purpose: oneOf('sign-in', 'discovery', 'preparation', 'act', 'observation', 'clean-up'),
  attempt: optional(number),
  operation: optional(text),
  identity: text,
  request: shape<SentRequest>({ method: text, url: text, headers, body: optional(text) }),
  response: optional(
    shape<ReceivedResponse>({ status: number, headers, body: text, truncatedBytes: optional(number) }),
  ),
  failure: optional(shape<TransportFailure>({ code: text, message: text })),
  startedAt: text,
  durationMs: number,
});

const props: Readonly<Record<Prop['is'], Guard>> = {
  given: shape<PropOf<'given'>>({ is: text, value: json }),
  unreached: shape<PropOf<'unreached'>>({ is: text, root: text, message: text }),
  'not-bound': shape<PropOf<'not-bound'>>({ is: text, message: text }),
  error: shape<PropOf<'error'>>({ is: text, name: text, message: text }),
};

const isProp: Guard = (value) =>
  isObject(value) && Object.entries(props).some(([is, guard]) => value.is === is && guard(value));

const isScript: Guard = (value) =>
  shape<Script>({
    exchanges: list(text),
    props: list(isProp),
    waits: list(shape<WaitNote>({ looks: number, waitedMs: number })),
    shared: map(isScript),
  })(value);

export const isEvidence = shape<Evidence>({ exchanges: list(exchange), script: isScript });

/** Prevents checks from sending changing requests through the recorder of the run without the ownership guard. */
import type { Recorder } from '../client/recorder.ts';
import type { SentRequest } from '../client/exchange.ts';
import { HarnessError } from './errors.ts';
import { isReading } from '../resources/ownership-guard.ts';

const checked = new WeakSet<SentRequest>();

/** Marks a request that the ownership guard has allowed. */
export function markChecked(request: SentRequest): SentRequest {
  checked.add(request);
  return request;
}

/** The same recorder, but changing requests are sent only when the ownership guard has allowed them. */
export function guardedRecorder(recorder: Recorder): Recorder {
  return {
    ...recorder,
    send: async (requestFacts) => {
      const { request } = requestFacts;
      if (isReading(request.method) || checked.has(request)) return recorder.send(requestFacts);
      throw new HarnessError(
        `${request.method} ${request.url} was not sent: the ownership guard has not checked it. Use ctx.call or ctx.send.`,
      );
    },
  };
}

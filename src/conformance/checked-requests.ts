/** Keeps a check that has the recorder of a run at hand from sending with it what no guard has seen. */
import type { Recorder } from '../client/recorder.ts';
import type { SentRequest } from '../client/exchange.ts';
import { HarnessError } from './errors.ts';
import { isReading } from './guard.ts';

const checked = new WeakSet<SentRequest>();

/** A guard has let the request pass. */
export function markChecked(request: SentRequest): SentRequest {
  checked.add(request);
  return request;
}

/** The same recorder; what changes something leaves only when a guard has let it pass. */
export function guardedRecorder(recorder: Recorder): Recorder {
  return {
    ...recorder,
    send: async (errand) => {
      const { request } = errand;
      if (isReading(request.method) || checked.has(request)) return recorder.send(errand);
      throw new HarnessError(`${request.method} ${request.url} was not sent: use send or call of the stage.`);
    },
  };
}

/**
 * Collects the response to one request, within limits of time and size. Every result is one outcome, and nothing is
 * thrown.
 */
import { clientTimeouts } from './timeouts.ts';
import { headerValue, type Headers, type ReceivedResponse, type TransportFailure } from './exchange.ts';

export type HttpOutcome =
  | { readonly response: ReceivedResponse; readonly failure?: undefined }
  | { readonly failure: TransportFailure; readonly response?: undefined };

/** Aborts a request; has the raw headers once they are received. */
export interface Controller {
  readonly abort: (reason: Error) => void;
  readonly rawHeaders?: unknown;
}

/** Callbacks of the client for one request. */
export interface ResponseHandler {
  readonly onRequestStart: (controller: Controller) => void;
  readonly onResponseStart: (controller: Controller, status: number) => void;
  readonly onResponseData: (controller: Controller, chunk: Buffer) => void;
  readonly onResponseEnd: () => void;
  readonly onResponseError: (controller: Controller | undefined, error: Error) => void;
}

/** Starts a request by `start`, which may throw; the whole response has to arrive within `responseMs`. */
export function collectResponse(
  responseMs: number,
  start: (handler: ResponseHandler) => unknown,
): Promise<HttpOutcome> {
  return new Promise((resolve) => {
    let controller: Controller | undefined;
    let ended: Error | undefined;
    let status = 0;
    let headers: Headers = [];
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (outcome: HttpOutcome): void => {
      clearTimeout(deadline);
      // The client may keep the handler of an aborted request for a while.
      chunks.length = 0;
      resolve(outcome);
    };
    /** Further data is ignored. */
    const end = (reason: Error, outcome: HttpOutcome): void => {
      ended = reason;
      settle(outcome);
      controller?.abort(reason);
    };
    const expire = (): void => {
      const message = `No complete response within ${responseMs} ms`;
      end(new Error(message), { failure: { code: 'TIMEOUT', message } });
    };
    const deadline = setTimeout(expire, responseMs).unref();
    const body = (): string => (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString('utf8');
    const handler: ResponseHandler = {
      onRequestStart: (started) => {
        controller = started;
        if (ended) started.abort(ended);
      },
      onResponseStart: ({ rawHeaders }, seen) => {
        status = seen;
        headers = pairs(rawHeaders);
      },
      onResponseData: (_, chunk) => {
        if (ended) return;
        const most = clientTimeouts.bodyBytes;
        chunks.push(chunk.subarray(0, most - size));
        size += chunk.byteLength;
        if (size <= most) return;
        const announced = Number(headerValue(headers, 'content-length')) || 0;
        const response = { status, headers, body: body(), truncatedBytes: Math.max(size, announced) - most };
        end(new Error('The response body is too long.'), { response });
      },
      onResponseEnd: () => settle({ response: { status, headers, body: body() } }),
      onResponseError: (_, error) => settle({ failure: describe(error) }),
    };
    try {
      start(handler);
    } catch (error) {
      settle({ failure: describe(error) });
    }
  });
}

/** Raw headers are a flat list of names and values; blanks around a value are not part of it (RFC 9110, 5.5). */
function pairs(raw: unknown): Headers {
  const flat = Array.isArray(raw) ? (raw as readonly (string | Buffer)[]) : [];
  return Array.from({ length: Math.floor(flat.length / 2) }, (_, index) => [
    text(flat[2 * index], 'utf8').toLowerCase(),
    text(flat[2 * index + 1], 'latin1').replace(/^[ \t]+|[ \t]+$/g, ''),
  ]);
}

function text(value: string | Buffer | undefined, encoding: 'utf8' | 'latin1'): string {
  return typeof value === 'string' ? value : (value?.toString(encoding) ?? '');
}

function describe(error: unknown): TransportFailure {
  if (!(error instanceof Error)) return { code: 'UNKNOWN', message: String(error) };
  const code = (error as { code?: unknown }).code;
  return { code: typeof code === 'string' ? code : error.name, message: error.message };
}

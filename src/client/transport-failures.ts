/** Kinds of transport failure: requests that were not sent, and those that may have been carried out. */
import type { TransportFailure } from './exchange.ts';

/** The connection could not be opened: nothing was sent. */
const unconnected: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The connection broke, or there was no response: it is unknown whether the server got the request. */
const silent: ReadonlySet<string> = new Set([
  'ECONNABORTED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_SOCKET',
]);

/** A response ended early; a retry may succeed. Malformed responses are not in this set. */
const broken: ReadonlySet<string> = new Set(['HPE_INVALID_EOF_STATE', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH']);

export function neverConnected({ code }: TransportFailure): boolean {
  return unconnected.has(code);
}

/** Whether the request may not have reached the server. */
export function reachedNobody({ code }: TransportFailure): boolean {
  return unconnected.has(code) || silent.has(code);
}

/** Whether a retry may succeed. */
export function isPassing(failure: TransportFailure): boolean {
  return reachedNobody(failure) || broken.has(failure.code);
}

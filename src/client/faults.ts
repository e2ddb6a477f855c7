/** Kinds of transport failure: what reached nobody, and what may have been carried out although no reply came. */
import type { TransportFailure } from './exchange.ts';

/** The connection never came about: nothing was sent. */
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

/** The connection broke, or nothing came: whether anybody heard is not known. */
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

/** What a reply breaks off with; another request may fare better. Replies that no HTTP client can read are not among them. */
const broken: ReadonlySet<string> = new Set(['HPE_INVALID_EOF_STATE', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH']);

export function neverConnected({ code }: TransportFailure): boolean {
  return unconnected.has(code);
}

/** Did the request reach nobody, as far as anybody can tell? */
export function reachedNobody({ code }: TransportFailure): boolean {
  return unconnected.has(code) || silent.has(code);
}

/** May the same request fare better? */
export function isPassing(failure: TransportFailure): boolean {
  return reachedNobody(failure) || broken.has(failure.code);
}

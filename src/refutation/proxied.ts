/** A client whose judged exchanges with one service go to a proxy instead. */
import type { SentRequest } from '../client/exchange.ts';
import type { HttpClient } from '../client/http-client.ts';
import { faultHeader } from './tampered.ts';

/** `origin` and `proxy`: scheme, host and port. */
export function proxied(http: HttpClient, origin: string, proxy: string): HttpClient {
  const detour = (request: SentRequest): SentRequest =>
    request.url.startsWith(`${origin}/`) && request.headers.some(([name]) => name === faultHeader)
      ? { ...request, url: proxy + request.url.slice(origin.length) }
      : request;
  return { send: (request) => http.send(detour(request)), close: http.close };
}

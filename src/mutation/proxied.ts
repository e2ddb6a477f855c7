/** A client that sends requests under test and observations of one service to a proxy instead. */
import type { HttpClient } from '../client/http-client.ts';
import { faultHeader, identityHeader } from './tampered.ts';

/** `origin` and `proxy`: scheme, host and port. `direct` reaches the proxy on loopback without another proxy. */
export function proxied(http: HttpClient, direct: HttpClient, origin: string, proxy: string): HttpClient {
  const send: HttpClient['send'] = (request, identity = 'member') => {
    const isJudged = request.headers.some(([name]) => name === faultHeader);
    if (!isJudged || !request.url.startsWith(`${origin}/`)) return http.send(request, identity);
    const headers = [...request.headers, [identityHeader, identity] as const];
    return direct.send({ ...request, headers, url: proxy + request.url.slice(origin.length) });
  };
  return { send, close: http.close };
}

/** A client whose judged exchanges with one service go to a proxy instead. */
import type { HttpClient } from '../client/http-client.ts';
import { faultHeader, identityHeader } from './tampered.ts';

/** `origin` and `proxy`: scheme, host and port. `direct` reaches the proxy, which is on loopback, through no other. */
export function proxied(http: HttpClient, direct: HttpClient, origin: string, proxy: string): HttpClient {
  const send: HttpClient['send'] = (request, identity = 'member') => {
    const isJudged = request.headers.some(([name]) => name === faultHeader);
    if (!isJudged || !request.url.startsWith(`${origin}/`)) return http.send(request, identity);
    const headers = [...request.headers, [identityHeader, identity] as const];
    return direct.send({ ...request, headers, url: proxy + request.url.slice(origin.length) });
  };
  return { send, close: http.close };
}

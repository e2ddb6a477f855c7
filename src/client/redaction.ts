/**
 * Takes secrets out of text before it is kept: by place (headers that carry credentials, bodies of sign-in, parts of a
 * URL, members of a body) and by value (every secret that the run has met).
 */
import { headerValues, type Exchange, type Headers } from './exchange.ts';
import { secretPattern } from './secret-pattern.ts';
import { withoutPlacedSecrets } from './secret-places.ts';

const secretHeaders: ReadonlySet<string> = new Set([
  'x-auth-token',
  'x-service-token',
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-subject-token',
  'x-storage-token',
  'x-api-key',
  'openstack-auth-receipt',
]);

export const redacted = '[redacted]';

/** Shorter texts would take half of a report with them. */
const shortestSecret = 4;

export interface Redactor {
  /** Remembers a secret from now on. */
  readonly learn: (secret: string) => void;
  /** Everything learned so far, for a redactor in another thread; it goes no further. */
  readonly known: () => readonly string[];
  readonly text: (text: string) => string;
  readonly headers: (headers: Headers) => Headers;
  readonly exchange: (exchange: Exchange) => Exchange;
}

export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  let pattern: RegExp | undefined;

  const learn = (secret: string): void => {
    if (secret.length < shortestSecret || secrets.has(secret)) return;
    secrets.add(secret);
    pattern = new RegExp([...secrets].sort(byLength).map(secretPattern).join('|'), 'g');
  };
  const text = (value: string): string =>
    withoutPlacedSecrets(pattern ? value.replace(pattern, redacted) : value, redacted);
  const headers = (list: Headers): Headers =>
    list.map(([name, value]) => [name, secretHeaders.has(name) ? redacted : text(value)]);

  const exchange = (whole: Exchange): Exchange => {
    // A sign-in hands a secret out: its own exchange must not show it in another place.
    if (whole.response) headerValues(whole.response.headers, 'x-subject-token').forEach(learn);
    return redactExchange(whole, text, headers);
  };

  return { learn, known: () => [...secrets], text, headers, exchange };
}

function redactExchange(
  exchange: Exchange,
  text: (value: string) => string,
  headers: (list: Headers) => Headers,
): Exchange {
  const { request, response, failure } = exchange;
  const signIn = exchange.purpose === 'sign-in';
  return {
    ...exchange,
    request: {
      ...request,
      url: text(request.url),
      headers: headers(request.headers),
      ...(request.body === undefined ? {} : { body: signIn ? redacted : text(request.body) }),
    },
    ...(response && { response: { ...response, headers: headers(response.headers), body: text(response.body) } }),
    ...(failure && { failure: { code: failure.code, message: text(failure.message) } }),
  };
}

function byLength(a: string, b: string): number {
  return b.length - a.length;
}

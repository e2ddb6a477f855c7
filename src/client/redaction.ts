/**
 * Redacts secrets before text is kept: by place (headers that carry credentials, bodies of sign-in, parts of a URL,
 * members of a body) and by value (every secret that the run has seen).
 */
import { redactedPlaces } from '../records/redacted-places.ts';
import { headerValues, type Exchange, type Headers, type RedactedPlace } from './exchange.ts';
import { secretPattern } from './secret-pattern.ts';
import { isSecretMember, withoutPlacedSecrets } from './secret-places.ts';

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

/** Shorter texts may appear elsewhere by chance. */
const shortestSecret = 8;

/** The same for texts of words only, or of digits only. */
const shortestOfWords = 20;

/** `compute`, `Server-Group`, `volumeAttachment`, `IN_USE` */
const words = /^(?:[A-Za-z]?[a-z]+(?:(?:[-_.][A-Za-z]?|[A-Z])[a-z]+)*|[A-Z]+(?:[-_.][A-Z]+)*)$/;

/**
 * Whether a text is long and random enough to be redacted wherever it appears. Others, such as `compute`, are also
 * words of the API: they are redacted only in places of secrets.
 */
export function isUnmistakable(secret: string): boolean {
  const isOfWords = words.test(secret) || /^[\d.:-]+$/.test(secret);
  return secret.length >= (isOfWords ? shortestOfWords : shortestSecret);
}

export interface Redactor {
  /** Redacts a secret wherever it appears from now on, if it is unmistakable. */
  readonly learn: (secret: string) => void;
  /** All learned secrets, only for a redactor in another thread. */
  readonly known: () => readonly string[];
  readonly text: (text: string) => string;
  /** Redacts any value: its texts, and all values of secret members. */
  readonly value: <T>(value: T) => T;
  readonly headers: (headers: Headers) => Headers;
  readonly exchange: (exchange: Exchange) => Exchange;
}

export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  let pattern: RegExp | undefined;

  const learn = (secret: string): void => {
    if (!isUnmistakable(secret) || secrets.has(secret)) return;
    secrets.add(secret);
    pattern = new RegExp([...secrets].sort(byLength).map(secretPattern).join('|'), 'g');
  };
  const text = (value: string): string =>
    withoutPlacedSecrets(pattern ? value.replace(pattern, redacted) : value, redacted);
  const headers = (list: Headers): Headers =>
    list.map(([name, value]) => [name, secretHeaders.has(name) ? redacted : text(value)]);

  const value = <T>(whole: T): T => redactValue(whole, text) as T;

  const exchange = (whole: Exchange): Exchange => {
    // The response of a sign-in contains a new secret: the rest of its exchange must not show it.
    if (whole.response) headerValues(whole.response.headers, 'x-subject-token').forEach(learn);
    return redactExchange(whole, text, headers);
  };

  return { learn, known: () => [...secrets], text, value, headers, exchange };
}

function redactExchange(
  exchange: Exchange,
  text: (value: string) => string,
  headers: (list: Headers) => Headers,
): Exchange {
  const { request, response, failure } = exchange;
  const signIn = exchange.purpose === 'sign-in';
  const safe = {
    request: {
      ...request,
      url: text(request.url),
      headers: headers(request.headers),
      ...(request.body === undefined ? {} : { body: signIn ? redacted : text(request.body) }),
    },
    ...(response && { response: { ...response, headers: headers(response.headers), body: text(response.body) } }),
    ...(failure && { failure: { code: failure.code, message: text(failure.message) } }),
  };
  const differs: Readonly<Record<RedactedPlace, boolean>> = {
    'request url': safe.request.url !== request.url,
    'request headers': request.headers.some(([name, sent]) => !secretHeaders.has(name) && text(sent) !== sent),
    'request body': safe.request.body !== request.body,
    'response headers':
      response?.headers.some(([, came], index) => safe.response?.headers[index]?.[1] !== came) ?? false,
    'response body': safe.response?.body !== response?.body,
    failure: safe.failure?.message !== failure?.message,
  };
  const places = redactedPlaces.filter((place) => differs[place]);
  return { ...exchange, ...safe, ...(places.length > 0 && { redacted: places }) };
}

/** `secret`: the value is in a place of secrets. */
function redactValue(value: unknown, text: (value: string) => string, secret = false): unknown {
  if (typeof value === 'string') return secret ? redacted : text(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly unknown[]).map((item) => redactValue(item, text, secret));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, redactValue(inner, text, isSecretMember(key))]),
  );
}

function byLength(a: string, b: string): number {
  return b.length - a.length;
}

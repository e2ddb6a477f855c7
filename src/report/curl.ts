/**
 * Formats an exchange as a `curl` command that repeats it: on one line, without secrets, safe to paste.
 *
 * Credentials are written as shell variables (`$OS_TOKEN`); headers that `curl` sets by itself are left out.
 */
import { headerValues, type Exchange, type SentRequest } from '../client/exchange.ts';
import { isPrintable } from './printable.ts';
import { printfOf, shellWord } from './shell-word.ts';

/** A longer body is not put on the command line; it is in the evidence. */
const longestBody = 8192;

const setByCurl: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'user-agent',
  'accept-encoding',
]);

/** The shell variable for a credential, by header. */
const variables: Readonly<Record<string, string>> = {
  'x-auth-token': '$OS_TOKEN',
  'x-subject-token': '$OS_SUBJECT_TOKEN',
  'x-service-token': '$OS_SERVICE_TOKEN',
  authorization: '$OS_AUTHORIZATION',
  'proxy-authorization': '$OS_PROXY_AUTHORIZATION',
  cookie: '$OS_COOKIE',
};

export function curlLine(exchange: Exchange): string {
  const { request } = exchange;
  const words = [
    'curl -sS -i',
    ...urlOptions(request.url),
    ...methodOptions(request),
    ...headerOptions(exchange),
    ...bodyOptions(exchange),
    shellWord(encodedUrl(request.url)),
  ];
  return bodyPipe(request.body) + words.join(' ');
}

/** Keeps `curl` from reading brackets as a range and from normalizing the path. */
function urlOptions(url: string): readonly string[] {
  return [
    ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
    ...(/\/(?:\.|%2e){1,2}(?:[/?#]|$)/i.test(url) ? ['--path-as-is'] : []),
  ];
}

function methodOptions({ method, body }: SentRequest): readonly string[] {
  if (method === 'HEAD') return ['--head'];
  return method === 'GET' && body === undefined ? [] : [`-X ${shellWord(method)}`];
}

function headerOptions({ identity, request: { headers, body } }: Exchange): readonly string[] {
  const sent = headers
    .filter(([name]) => !setByCurl.has(name))
    .map(([name, value]) => headerOption(name, value, identity));
  const defaulted = body !== undefined && headerValues(headers, 'content-type').length === 0;
  return defaulted ? [...sent, '-H content-type:'] : sent;
}

/**
 * An empty value is written `name;`: with a colon, curl would leave the header out. A token sent as `nobody` is an
 * invented one that must be rejected.
 */
function headerOption(name: string, value: string, identity: string): string {
  const variable = variables[name];
  if (variable !== undefined && identity === 'nobody') return `-H '${name}: made-up'`;
  if (variable !== undefined) return `-H "${name}: ${variable}"`;
  return `-H ${shellWord(value === '' ? `${name};` : `${name}: ${value}`)}`;
}

function bodyOptions({ id, request: { body } }: Exchange): readonly string[] {
  if (body === undefined) return [];
  if (body.length > longestBody) return [`--data-binary ${shellWord(`@${id}-request-body`)}`];
  return isPrintable(body) ? [`--data-raw ${shellWord(body)}`] : ['--data-binary @-'];
}

function bodyPipe(body: string | undefined): string {
  const piped = body !== undefined && body.length <= longestBody && !isPrintable(body);
  return piped ? `${printfOf(body)} | ` : '';
}

/** Characters that a request line cannot contain were sent percent-encoded. */
function encodedUrl(url: string): string {
  return url.replace(/[^!-~]+/gu, (run) =>
    Array.from(new TextEncoder().encode(run), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(
      '',
    ),
  );
}

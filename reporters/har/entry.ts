/** One exchange as an entry of a HAR file. */
import type { Chosen } from '../choose-contents.ts';
import type { Entry, Header, PostData, QueryString, Request, Response } from 'har-format';
import type { Exchange, Headers, ReceivedResponse, SentRequest } from '../../src/client/exchange.ts';
import { uriOf } from './uri.ts';

/** The version that the client uses. */
const httpVersion = 'HTTP/1.1';

/** Redaction changes lengths, so sizes on the wire are unknown. */
const unknownSize = -1;

export function harEntry({ exchange: whole, cases, cut }: Chosen): Entry {
  const exchange = cut ? withoutContent(whole) : whole;
  const { durationMs, request, response, failure } = exchange;
  return {
    startedDateTime: exchange.startedAt,
    time: durationMs,
    request: requestOf(request),
    response: response ? responseOf(response) : noResponse(failure ? `${failure.code}: ${failure.message}` : 'none'),
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    comment: commentOf(exchange, cases) + (cut ? '; headers and bodies are left out' : ''),
  };
}

function withoutContent({ request, response, ...rest }: Exchange): Exchange {
  const { method, url } = request;
  return {
    ...rest,
    request: { method, url, headers: [] },
    ...(response && { response: { status: response.status, headers: [], body: '' } }),
  };
}

/** Thousands of cases may share the exchange of a list. */
const mostCases = 3;

function commentOf({ id, purpose, attempt, operation, identity }: Exchange, cases: readonly string[]): string {
  const attempts = attempt === undefined ? [] : [`attempt ${attempt}`];
  const summary = [id, purpose, ...attempts, ...(operation === undefined ? [] : [operation]), `as ${identity}`].join(
    ', ',
  );
  const more = cases.length > mostCases ? ` and ${cases.length - mostCases} more` : '';
  return `${summary}; evidence of ${cases.slice(0, mostCases).join(', ')}${more}`;
}

function requestOf({ method, url, headers, body }: SentRequest): Request {
  return {
    method,
    url: uriOf(url),
    httpVersion,
    cookies: [],
    headers: pairs(headers),
    queryString: queryOf(url),
    ...(body !== undefined && { postData: postDataOf(headers, body) }),
    headersSize: unknownSize,
    bodySize: body === undefined ? 0 : unknownSize,
  };
}

function postDataOf(headers: Headers, text: string): PostData {
  return { mimeType: valueOf(headers, 'content-type'), text };
}

function queryOf(url: string): QueryString[] {
  if (!URL.canParse(url)) return [];
  return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
}

function responseOf({ status, headers, body, truncatedBytes }: ReceivedResponse): Response {
  const remark = remarkOn(body, truncatedBytes);
  return {
    status,
    statusText: '',
    httpVersion,
    cookies: [],
    headers: pairs(headers),
    content: {
      size: Buffer.byteLength(body) + (truncatedBytes ?? 0),
      mimeType: valueOf(headers, 'content-type'),
      text: body,
      ...(remark !== '' && { comment: remark }),
    },
    redirectURL: valueOf(headers, 'location'),
    headersSize: unknownSize,
    bodySize: unknownSize,
  };
}

function remarkOn(body: string, truncatedBytes: number | undefined): string {
  return [
    ...(truncatedBytes === undefined ? [] : [`Cut: ${truncatedBytes} more bytes were not kept.`]),
    ...(body.includes('\uFFFD') ? ['Binary or damaged: bytes that are not UTF-8 are shown as U+FFFD.'] : []),
  ].join(' ');
}

/** Tools that write HAR use status 0 for an exchange without a response. */
function noResponse(why: string): Response {
  return {
    status: 0,
    statusText: '',
    httpVersion,
    cookies: [],
    headers: [],
    content: { size: 0, mimeType: '' },
    redirectURL: '',
    headersSize: unknownSize,
    bodySize: unknownSize,
    comment: `No complete response: ${why}`,
  };
}

function pairs(headers: Headers): Header[] {
  return headers.map(([name, value]) => ({ name, value }));
}

function valueOf(headers: Headers, wanted: string): string {
  return headers.find(([name]) => name === wanted)?.[1] ?? '';
}

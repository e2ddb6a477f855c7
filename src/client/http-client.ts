/**
 * HTTP/1.1 requests within limits of time and size: the only module that knows undici.
 *
 * It follows no redirect, decodes no compression, retries nothing and throws nothing: what came back, or why nothing
 * did, is the result.
 */
import { rootCertificates } from 'node:tls';
import { Agent, request } from 'undici';
import { clientBudgets } from './budgets.ts';
import {
  headerValue,
  type Headers,
  type ReceivedResponse,
  type SentRequest,
  type TransportFailure,
} from './exchange.ts';

export type HttpOutcome =
  | { readonly response: ReceivedResponse; readonly failure?: undefined }
  | { readonly failure: TransportFailure; readonly response?: undefined };

export interface HttpClient {
  readonly send: (request: SentRequest) => Promise<HttpOutcome>;
  readonly close: () => Promise<void>;
}

export interface HttpClientOptions {
  /** PEM certificates to trust besides the system's. */
  readonly ca?: readonly string[];
  /** Accept any certificate; the report says so. */
  readonly insecure?: boolean;
  readonly connections?: number;
  /** Multiplies every limit of time; 1 when missing. */
  readonly patience?: number;
}

export function createHttpClient(options: HttpClientOptions = {}): HttpClient {
  const { patience = 1 } = options;
  const responseMs = clientBudgets.responseMs * patience;
  const agent = new Agent({
    connections: options.connections ?? 64,
    pipelining: 1,
    maxHeaderSize: clientBudgets.headerBytes,
    headersTimeout: responseMs,
    bodyTimeout: clientBudgets.idleMs * patience,
    connect: {
      timeout: clientBudgets.connectMs * patience,
      rejectUnauthorized: options.insecure !== true,
      ...(options.ca?.length ? { ca: [...rootCertificates, ...options.ca] } : {}),
    },
  });
  return { send: (sent) => send(agent, sent, responseMs), close: () => agent.destroy() };
}

async function send(agent: Agent, sent: SentRequest, responseMs: number): Promise<HttpOutcome> {
  const deadline = AbortSignal.timeout(responseMs);
  try {
    const answer = await request(sent.url, {
      dispatcher: agent,
      method: sent.method,
      headers: sent.headers.flat(),
      body: sent.body ?? null,
      responseHeaders: 'raw',
      signal: deadline,
    });
    const headers = pairs(answer.headers as unknown as readonly (string | Buffer)[]);
    const body = await readBody(answer.body, Number(headerValue(headers, 'content-length')));
    return { response: { status: answer.statusCode, headers, ...body } };
  } catch (error) {
    return { failure: describe(error, responseMs) };
  }
}

/** Raw headers come as a flat list of names and values; blanks around a value are no part of it (RFC 9110, 5.5). */
function pairs(raw: readonly (string | Buffer)[]): Headers {
  return Array.from({ length: Math.floor(raw.length / 2) }, (_, index) => [
    text(raw[2 * index]).toLowerCase(),
    text(raw[2 * index + 1]).replace(/^[ \t]+|[ \t]+$/g, ''),
  ]);
}

function text(value: string | Buffer | undefined): string {
  return typeof value === 'string' ? value : (value ?? Buffer.alloc(0)).toString('latin1');
}

/** `told` is the length that the response claims to have; NaN when it tells none. */
async function readBody(
  stream: AsyncIterable<Uint8Array> & { destroy: () => void },
  told: number,
): Promise<Pick<ReceivedResponse, 'body' | 'truncatedBytes'>> {
  const most = clientBudgets.bodyBytes;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk.subarray(0, most - size));
    size += chunk.byteLength;
    if (size > most) {
      stream.destroy();
      return { body: decode(chunks), truncatedBytes: Math.max(size, told || 0) - most };
    }
  }
  return { body: decode(chunks) };
}

function decode(chunks: readonly Uint8Array[]): string {
  return Buffer.concat(chunks).toString('utf8');
}

function describe(error: unknown, responseMs: number): TransportFailure {
  if (!(error instanceof Error)) return { code: 'UNKNOWN', message: String(error) };
  if (error.name === 'TimeoutError') {
    return { code: 'TIMEOUT', message: `No complete response within ${responseMs} ms` };
  }
  const code = (error as { code?: unknown }).code;
  return { code: typeof code === 'string' ? code : error.name, message: error.message };
}

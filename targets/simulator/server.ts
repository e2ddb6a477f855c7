/**
 * HTTP around the services. The only file that opens a socket.
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RawRequest } from './dispatch.ts';
import type { SimResponse } from './kernel/http.ts';

export type Answer = (request: RawRequest) => Promise<SimResponse>;

export interface Listening {
  readonly origin: string;
  close(): Promise<void>;
}

const host = '127.0.0.1';

/** Bytes of a body that are kept. The services themselves refuse bodies far smaller than this. */
const keptBytes = 1 << 20;

export async function listen(port: number, answer: Answer): Promise<Listening> {
  const server = createServer((incoming, outgoing) => {
    void exchange(incoming, outgoing, answer);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return { origin, close };
}

async function exchange(incoming: IncomingMessage, outgoing: ServerResponse, answer: Answer): Promise<void> {
  try {
    const response = await answer(await read(incoming));
    write(outgoing, response, incoming.method === 'HEAD');
  } catch (error) {
    // The client closed the connection, or the simulator has a defect; neither may end the process.
    const body = error instanceof Error ? `The simulator failed: ${error.message}\n` : 'The simulator failed.\n';
    if (!outgoing.headersSent) outgoing.writeHead(500, { 'Content-Type': 'text/plain; charset=UTF-8' });
    outgoing.end(body);
  }
}

async function read(incoming: IncomingMessage): Promise<RawRequest> {
  const { kept, bytes } = await readBody(incoming);
  const [path = '', ...query] = (incoming.url ?? '/').split('?');
  const authority = incoming.headers.host ?? `${host}:${incoming.socket.localPort ?? 0}`;
  return {
    method: incoming.method ?? 'GET',
    path,
    query: query.join('?'),
    headers: flat(incoming),
    body: asText(kept),
    bodyBytes: bytes,
    origin: `http://${authority}`,
  };
}

interface Body {
  readonly kept: Buffer;
  readonly bytes: number;
}

function readBody(incoming: IncomingMessage): Promise<Body> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    incoming.on('data', (chunk: Buffer) => {
      if (bytes < keptBytes) chunks.push(chunk);
      bytes += chunk.length;
    });
    incoming.on('end', () => resolve({ kept: Buffer.concat(chunks), bytes }));
    incoming.on('error', reject);
    incoming.on('close', () => {
      if (!incoming.complete) reject(new Error('The client closed the connection.'));
    });
  });
}

function flat({ rawHeaders }: IncomingMessage): Readonly<Record<string, string>> {
  const headers = new Map<string, string>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = [rawHeaders[at]?.toLowerCase(), rawHeaders[at + 1]];
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(headers);
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function asText(bytes: Buffer): string | undefined {
  if (bytes.length === 0) return '';
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function write(outgoing: ServerResponse, { status, headers, body }: SimResponse, headOnly: boolean): void {
  outgoing.statusCode = status;
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, asHeader(value));
  // Every response has a Content-Length, empty ones too; a 204 only if the service sets it.
  if (status !== 204) outgoing.setHeader('Content-Length', Buffer.byteLength(body));
  outgoing.end(headOnly || status === 204 ? undefined : body);
}

/** Drops characters that a header cannot carry, such as a line break injected by a client. */
function asHeader(value: string | readonly string[]): string | string[] {
  return typeof value === 'string' ? clean(value) : value.map(clean);
}

function clean(value: string): string {
  return value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '');
}

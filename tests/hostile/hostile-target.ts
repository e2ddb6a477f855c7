/**
 * A target on loopback that stands before the embedded cloud and misbehaves in one way; what it does not spoil goes
 * through untouched.
 */
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Asked, Instead, Misbehaviour, Response } from './misbehaviour.ts';

export interface HostileTarget {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** `behind`: the origin of the embedded cloud. */
export async function startHostileTarget(
  misbehaviour: Pick<Misbehaviour, 'where' | 'respond'>,
  behind: string,
): Promise<HostileTarget> {
  const sockets = new Set<Socket>();
  let discovered = 0;
  const server = createServer((incoming, outgoing) => {
    const shut = (): void => {
      server.close();
      for (const socket of sockets) socket.destroy();
    };
    serve(incoming, outgoing, { misbehaviour, behind, shut, count: () => (discovered += 1) }).catch(() =>
      outgoing.destroy(),
    );
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

interface RequestTemplate {
  readonly misbehaviour: Pick<Misbehaviour, 'where' | 'respond'>;
  readonly behind: string;
  readonly shut: () => void;
  /** The number of this request among those that are met with misbehaviour. */
  readonly count: () => number;
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse, template: RequestTemplate): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const [method = 'GET', path = '/'] = [incoming.method, incoming.url];
  const carryOut = (instead: Instead = {}): Promise<Response> =>
    pass(incoming, template.behind, instead.body === undefined ? body : Buffer.from(instead.body), instead.headers);
  const discovered = template.misbehaviour.where({ method, path });
  const asked: Asked = {
    method,
    path,
    body: body.toString('utf8'),
    headers: incoming.headers,
    origin: `http://${incoming.headers.host}`,
    number: discovered ? template.count() : 0,
    socket: incoming.socket,
    carryOut,
    shut: template.shut,
  };
  const response = await (discovered ? template.misbehaviour.respond(asked) : carryOut());
  if (response) write(outgoing, response);
}

function pass(
  incoming: IncomingMessage,
  behind: string,
  body: Buffer,
  others: Instead['headers'] = {},
): Promise<Response> {
  const length = body.length > 0 ? { 'content-length': String(body.length) } : {};
  const headers = { ...incoming.headers, ...length, ...others };
  return new Promise((resolve, reject) => {
    const outgoing = ask(`${behind}${incoming.url}`, { method: incoming.method, headers, agent: false });
    outgoing.once('error', reject);
    outgoing.once('response', (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', reject);
      answer.once('end', () => {
        resolve({ status: answer.statusCode ?? 0, headers: headersOf(answer), body: Buffer.concat(chunks) });
      });
    });
    outgoing.end(body);
  });
}

function headersOf(answer: IncomingMessage): Response['headers'] {
  return Object.fromEntries(
    Object.entries(answer.headers).flatMap(([name, value]) =>
      value === undefined || name === 'connection' || name === 'keep-alive' || name === 'content-length'
        ? []
        : [[name, value] as const],
    ),
  );
}

function write(outgoing: ServerResponse, { status, headers, body }: Response): void {
  const empty = status === 204 || status === 304;
  outgoing.writeHead(status, { ...headers, ...(empty ? {} : { 'content-length': body.length }) });
  outgoing.end(empty ? undefined : body);
}

/** What a target can do to a connection or a reply, as pieces to make rows of. */
import type { Socket } from 'node:net';
import type { Asked, Responder, Response } from './misbehaviour.ts';

/** Writes these lines on the wire as they are and leaves the connection open. */
export const says =
  (...lines: readonly string[]): Responder =>
  ({ socket }) =>
    void socket.write(Buffer.from(lines.join('\r\n'), 'latin1'));

/** Writes these lines on the wire as they are and ends the connection. */
export const saysAndEnds =
  (...lines: readonly string[]): Responder =>
  ({ socket }) =>
    void socket.end(Buffer.from(lines.join('\r\n'), 'latin1'));

/** Writes a head, then one piece again and again until the other side has enough or `most` bytes are out. */
export const pours =
  (head: readonly string[], piece: Buffer, most = Infinity): Responder =>
  ({ socket }) => {
    socket.write([...head, '', ''].join('\r\n'));
    pour(socket, piece, most);
    return undefined;
  };

function pour(socket: Socket, piece: Buffer, most: number): void {
  let sent = 0;
  const more = (): void => {
    while (!socket.destroyed && sent < most) {
      sent += piece.length;
      if (!socket.write(piece)) return void socket.once('drain', more);
    }
  };
  more();
}

/** Writes a head, then one piece every few milliseconds until the other side has enough. */
export const drips =
  (head: readonly string[], piece: string): Responder =>
  ({ socket }) => {
    socket.write(head.join('\r\n'));
    const timer = setInterval(() => socket.write(piece), 100);
    socket.once('close', () => clearInterval(timer));
    return undefined;
  };

/** Carries the request out and changes what comes back. */
export const alters =
  (change: (response: Response, asked: Asked) => Response): Responder =>
  async (asked) =>
    change(await asked.carryOut(), asked);

/** Does so from the `nth` such request on. */
export const from =
  (nth: number, respond: Responder): Responder =>
  (asked) =>
    asked.number < nth ? asked.carryOut() : respond(asked);

export function withBody(response: Response, body: string | Buffer): Response {
  return { ...response, body: typeof body === 'string' ? Buffer.from(body) : body };
}

export function withHeaders(response: Response, headers: Response['headers']): Response {
  return { ...response, headers: { ...response.headers, ...headers } };
}

export function answer(status: number, body = '', headers: Response['headers'] = {}): Response {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: Buffer.from(body) };
}

export const answers =
  (status: number, body = '', headers: Response['headers'] = {}): Responder =>
  () =>
    answer(status, body, headers);

/** Puts a text in the place of every string in a JSON body but of what the harness needs to get further. */
export function everyString(response: Response, text: string): Response {
  const kept = /^(id|href|url|status|type|interface|expires_at|region_id|region|name)$/;
  const change = (key: string, value: unknown): unknown =>
    typeof value === 'string' && !kept.test(key) ? text : value;
  try {
    return withBody(response, JSON.stringify(JSON.parse(response.body.toString(), change)));
  } catch {
    return response;
  }
}

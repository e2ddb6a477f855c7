/** Small servers on loopback that say exactly what a test wants on the wire. */
import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface Loopback {
  readonly origin: string;
  /** What came in, request by request, as text. */
  readonly received: readonly string[];
  readonly close: () => Promise<void>;
}

/** Calls `answer` once the head of a request is there; the socket is its own from then on. */
export async function speak(answer: (socket: Socket, request: string) => void): Promise<Loopback> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let text = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (!isComplete(text)) return;
      const request = text;
      text = '';
      received.push(request);
      answer(socket, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Requests of these tests tell their length. */
function isComplete(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
  return end >= 0 && text.length >= end + 4 + length;
}

/** A response of text lines, as HTTP wants them. */
export function wire(...lines: readonly string[]): string {
  return lines.join('\r\n');
}

/** A proxy in front of a cloud that delays requests to block storage and changes nothing else. */
import { createServer, request as forward, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface SlowVolumes {
  readonly url: string;
  readonly close: () => void;
}

/** Replacing the origin changes the length. */
const ofLength: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding']);

/** `origin` is that of the cloud; responses contain that of the proxy instead. */
export async function slowVolumes(origin: string, delayMs: number): Promise<SlowVolumes> {
  const { hostname, port } = new URL(origin);
  const server = createServer((incoming, outgoing) => {
    void buffer(incoming).then((body) => {
      const { method, url = '', headers } = incoming;
      const send = (): void => {
        const onward = forward({ hostname, port, method, path: url, headers, agent: false }, (response) => {
          void answer(response);
        });
        onward.on('error', () => outgoing.destroy());
        onward.end(body);
      };
      const answer = async (response: IncomingMessage): Promise<void> => {
        const text = (await buffer(response)).toString().replaceAll(origin, front);
        const headers = Object.entries(response.headers).filter(([name]) => !ofLength.has(name));
        outgoing.writeHead(response.statusCode ?? 500, Object.fromEntries(headers)).end(text);
      };
      setTimeout(send, url.startsWith('/volume') ? delayMs : 0);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const front = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: front,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

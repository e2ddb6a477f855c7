/** A proxy in front of a simulator that records every request and can replace the response. */
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSimulator, type CloudsFile, type Simulator } from '../../targets/simulator/index.ts';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

/** A status with a JSON body or a text; a cut connection; or the cloud's own response after a delay. */
export type Instead =
  | readonly [number, unknown]
  | { readonly status: number; readonly text: string }
  | 'cut'
  | { readonly afterMs: number };

export interface Front {
  readonly simulator: Simulator;
  /** With the address of this proxy; the catalogue repeats the requested host. */
  readonly clouds: CloudsFile;
  readonly seen: readonly Seen[];
  /** The replacement of a response; undefined forwards the request. */
  answer: (request: Seen) => Instead | undefined;
  readonly close: () => Promise<void>;
}

export async function startFront(): Promise<Front> {
  const simulator = await startSimulator({ serviceSeesMigrations: true });
  const behind = new URL(simulator.url);
  const seen: Seen[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const body = Buffer.concat(chunks);
      const request = { method, url, body: body.toString() };
      seen.push(request);
      const instead = front.answer(request);
      // A new connection per request: the other side may close a kept one at this moment.
      const pass = (): void => {
        const onward = forward(
          { host: behind.hostname, port: behind.port, method, path: url, headers, agent: false },
          (response) => {
            outgoing.writeHead(response.statusCode ?? 500, response.rawHeaders);
            response.pipe(outgoing);
          },
        );
        onward.on('error', () => outgoing.destroy());
        onward.end(body);
      };
      if (instead === undefined) pass();
      else if (instead === 'cut') incoming.socket.destroy();
      else if ('afterMs' in instead) setTimeout(pass, instead.afterMs);
      else if ('text' in instead) outgoing.writeHead(instead.status, { 'content-type': 'text/html' }).end(instead.text);
      else outgoing.writeHead(instead[0], { 'content-type': 'application/json' }).end(JSON.stringify(instead[1]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const text = JSON.stringify(simulator.clouds).replaceAll(behind.origin, `http://127.0.0.1:${port}`);
  const front: Front = {
    simulator,
    clouds: JSON.parse(text) as CloudsFile,
    seen,
    answer: () => undefined,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await simulator.close();
    },
  };
  return front;
}

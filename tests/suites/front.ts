/** Stands before a simulator: every request comes by, is looked at, and may be answered in its place. */
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSimulator, type CloudsFile, type Simulator } from '../../targets/simulator/index.ts';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

export interface Front {
  readonly simulator: Simulator;
  /** By way of this front: the catalogue names whatever host was asked. */
  readonly clouds: CloudsFile;
  readonly seen: readonly Seen[];
  /** A status and a body in place of what the cloud would answer; undefined lets a request pass. */
  answer: (request: Seen) => readonly [number, unknown] | undefined;
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
      if (instead) {
        outgoing.writeHead(instead[0], { 'content-type': 'application/json' }).end(JSON.stringify(instead[1]));
        return;
      }
      // Each by a connection of its own: one that was kept may be closed by the other side at this moment.
      const onward = forward(
        { host: behind.hostname, port: behind.port, method, path: url, headers, agent: false },
        (reply) => {
          outgoing.writeHead(reply.statusCode ?? 500, reply.rawHeaders);
          reply.pipe(outgoing);
        },
      );
      onward.on('error', () => outgoing.destroy());
      onward.end(body);
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

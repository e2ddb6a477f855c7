/** A run on the embedded cloud behind a proxy whose catalogue has no versions and whose links name another host. */
import { readFileSync } from 'node:fs';
import { createServer, request as forward, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunReport } from '../../src/records/report.ts';
import { startSimulator, type Simulator } from '../../targets/simulator/index.ts';
import { cloudsIn, runCli, temporaryFolder } from './run-child.ts';

const folder = temporaryFolder();
let simulator: Simulator;
let front: Server;
let origin = '';
let behind: URL;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  simulator = await startSimulator();
  behind = new URL(Object.values(simulator.clouds.clouds)[0]?.auth.auth_url ?? '');
  front = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const onward = forward(
      { host: behind.hostname, port: behind.port, method, path: url, headers, agent: false },
      (answer) => {
        void rewritten(url ?? '', answer).then((body) => {
          // The length may have changed.
          const framing = new Set(['content-length', 'transfer-encoding']);
          const kept = Object.entries(answer.headers).filter(([name]) => body === '' || !framing.has(name));
          outgoing.writeHead(answer.statusCode ?? 500, Object.fromEntries(kept)).end(body);
        });
      },
    );
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  env = cloudsIn(
    folder,
    JSON.parse(JSON.stringify(simulator.clouds).replaceAll(behind.origin, origin)) as Simulator['clouds'],
  );
});
afterAll(async () => {
  front.close();
  await simulator.close();
});

/** The catalogue without versions; version lists with an unreachable host. */
async function rewritten(url: string, answer: IncomingMessage): Promise<string> {
  const body = await text(answer);
  if (url.endsWith('/auth/tokens')) {
    return body.replace(/(\/compute)\/v2\.1"/g, '$1/"').replace(/(\/volume)\/v3\/[0-9a-f]+"/g, '$1"');
  }
  return /^\/(compute|volume)\/$/.test(url) ? body.replaceAll(origin, 'http://inside.invalid:1') : body;
}

test('a run through unversioned endpoints gives the same verdicts as without the proxy', async () => {
  const args = ['run', '--output', 'run', '--include', 'compute/detach-volume', '--microversions', 'latest'];
  const others = ['--reader', 'sim-demo-reader', '--other', 'sim-alt', '--admin', 'sim-admin'];
  const identities = ['--os-cloud', 'sim-demo', ...others, '--service', 'sim-demo-service'];
  const { code, stderr } = await runCli([...args, ...identities, '--reporter', 'json'], folder, env);
  expect(code, stderr).toBe(0);
  const { target, cases } = JSON.parse(readFileSync(join(folder, 'run/report.json'), 'utf8')) as RunReport;
  expect(target.services.compute?.endpoint).toBe(`${origin}/compute/v2.1`);
  expect(target.services['block-storage']?.endpoint).toMatch(new RegExp(`^${origin}/volume/v3/[0-9a-f]+$`));
  expect(cases.filter(({ verdict }) => verdict.is === 'pass').length).toBeGreaterThan(20);
});

test('an override that is not a Compute API is reported with the remedy, with exit code 3', async () => {
  const args = ['plan', '--os-cloud', 'sim-demo', '--os-compute-endpoint-override', `${origin}/image`];
  const { code, stderr } = await runCli(args, folder, env);
  expect(stderr).toContain(`${origin}/image/, the compute endpoint,`);
  expect(stderr).toContain('Set the right one by --os-compute-endpoint-override URL');
  expect(code).toBe(3);
});

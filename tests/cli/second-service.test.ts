/** A package with the specs of a second service, and nothing else of it: its contract, clauses, runs and reports. */
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../cli/package-root.ts';
import type { RunReport } from '../../src/records/report.ts';
import { startSimulator, type Simulator } from '../../targets/simulator/index.ts';
import { cloudsIn, runCli, temporaryFolder, type Ended } from './run-child.ts';

const folder = temporaryFolder();
const copy = join(folder, 'package');
const reads = ['--include', 'block-storage/list-volume-types', '--include', 'block-storage/show-volume-type'];
const both = [...reads, '--include', 'compute/show-volume-attachment', '--once'];

const cli = (args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended> =>
  runCli(args, folder, env, join(copy, 'dist/cli/main.js'));
const reportIn = (run: string): RunReport =>
  JSON.parse(readFileSync(join(folder, run, 'report.json'), 'utf8')) as RunReport;

let simulator: Simulator;
let front: Server;
let onSimulator: Readonly<Record<string, string>>;
/** The same cloud without a compute service in its catalogue. */
let withoutCompute: Readonly<Record<string, string>>;

beforeAll(async () => {
  mkdirSync(copy);
  for (const name of ['dist', 'reporters', 'schemas', 'specs', 'src', 'suites', 'package.json', 'README.md'])
    cpSync(join(packageRoot, name), join(copy, name), { recursive: true });
  symlinkSync(join(packageRoot, 'node_modules'), join(copy, 'node_modules'));
  cpSync(join(import.meta.dirname, '../fixtures/second-service'), join(copy, 'specs'), { recursive: true });
  simulator = await startSimulator();
  onSimulator = cloudsIn(folder, simulator.clouds);
  const behind = new URL(simulator.url);
  front = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const onward = forward(
      { host: behind.hostname, port: behind.port, method, path: url, headers, agent: false },
      (answer) => {
        void text(answer).then((body) => {
          const kept = Object.entries(answer.headers).filter(
            ([name]) => name !== 'content-length' && name !== 'transfer-encoding',
          );
          outgoing.writeHead(answer.statusCode ?? 500, Object.fromEntries(kept)).end(withoutService(body));
        });
      },
    );
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  const clouds = JSON.stringify(simulator.clouds).replaceAll(behind.origin, origin);
  const other = join(folder, 'other');
  mkdirSync(other);
  withoutCompute = cloudsIn(other, JSON.parse(clouds) as Simulator['clouds']);
  expect(await cli(['schemas'])).toMatchObject({ code: 0 });
});
afterAll(async () => {
  front.close();
  await simulator.close();
});

function withoutService(body: string): string {
  if (!body.includes('"catalog"')) return body;
  const read = JSON.parse(body) as { readonly token: { readonly catalog: readonly { readonly type: string }[] } };
  const catalog = read.token.catalog.filter(({ type }) => type !== 'compute');
  return JSON.stringify({ token: { ...read.token, catalog } });
}

test('its clauses are checked, and its sentences without a clause are errors', async () => {
  const { code, stdout } = await cli(['clauses', '--check']);
  expect(code).toBe(1);
  expect(stdout).toContain('the clause block-storage/list-volume-types#answers-200 is new');
  expect(stdout).toContain(
    'specs/block-storage/types.inc:7:1: error untested-sentence: no clause tests "A volume type',
  );
  expect(stdout).not.toMatch(/specs\/compute|unmatched-quote/);
});

test('its clauses run alone on the embedded cloud, and the run is verified', async () => {
  const { code, stderr } = await cli(['run', '--include', 'block-storage/*', '--output', 'alone']);
  expect(stderr).not.toContain('broke');
  const { contracts, target, cases, verdict } = reportIn('alone');
  expect(contracts).toMatchObject([{ service: 'block-storage', operations: 4 }]);
  expect(target.services).toEqual({
    'block-storage': { endpoint: expect.stringContaining('/volume/v3') as string, microversions: '3.0-3.71' },
  });
  expect(cases.filter(({ verdict: { is } }) => is === 'fail')).toEqual([]);
  expect(cases.filter(({ verdict: { is } }) => is === 'pass').length).toBeGreaterThan(50);
  const open = cases.filter(({ operation }) => operation === 'block-storage/create-volume-type');
  expect(new Set(open.map(({ verdict: { is } }) => is))).toEqual(new Set(['not-attempted']));
  expect({ code, verdict }).toEqual({ code: 2, verdict: 'partial' });
  const verified = await cli(['verify', 'alone']);
  expect(verified).toMatchObject({ code: 0 });
  expect(verified.stdout).toContain('cases have the same verdicts when they are evaluated again');
});

test('two services in one run, on a simulator in another process, have a contract and microversions each', async () => {
  await cli(['run', '--os-cloud', 'sim-demo', ...both, '--output', 'both'], onSimulator);
  const { contracts, target, cases, reasons, scope } = reportIn('both');
  expect(contracts.map(({ service }) => service)).toEqual(['compute', 'block-storage']);
  expect(target.services).toMatchObject({
    compute: { microversions: '2.1-2.104' },
    'block-storage': { microversions: '3.0-3.71' },
  });
  const decided = new Set(cases.filter(({ verdict: { is } }) => is === 'pass').map(({ operation }) => operation));
  expect([...decided].sort()).toEqual([
    'block-storage/list-volume-types',
    'block-storage/show-volume-type',
    'compute/show-volume-attachment',
  ]);
  expect(reasons.filter((reason) => /fail|error/.test(reason))).toEqual([]);
  expect(scope).toMatchObject({ complete: false, operations: { selected: 3, total: 255 } });
  const traffic = readFileSync(join(folder, 'both/evidence/block-storage/list-volume-types.ndjson'), 'utf8');
  expect(traffic).toContain('["openstack-api-version","volume 3.71"]');
  expect(await cli(['report', 'both', '--reporter', 'terminal']).then(({ stderr }) => stderr)).not.toContain('    at ');
  expect(await cli(['verify', 'both'])).toMatchObject({ code: 0 });
});

test('a service that no selected clause needs may be missing', async () => {
  const { code, stderr } = await cli(
    ['run', '--os-cloud', 'sim-demo', ...reads, '--once', '--output', 'lone'],
    withoutCompute,
  );
  expect(stderr).not.toContain('compute');
  expect({ code, verdict: reportIn('lone').verdict }).toEqual({ code: 0, verdict: 'passed' });
});

test('clauses of a service without an endpoint are not attempted, with the reason', async () => {
  await cli(['run', '--os-cloud', 'sim-demo', ...both, '--output', 'lacking'], withoutCompute);
  const { cases, target, verdict, scope } = reportIn('lacking');
  const lacking = cases.filter(({ operation }) => operation === 'compute/show-volume-attachment');
  expect(lacking.length).toBeGreaterThan(0);
  for (const one of lacking) {
    expect(one.verdict).toMatchObject({
      is: 'not-attempted',
      reason: expect.stringMatching(/^The catalogue of cloud sim-demo has no compute endpoint: it has .*\.$/) as string,
      remedy: 'Have the service added to it, or set compute_endpoint_override.',
    });
  }
  expect(Object.keys(target.services)).toEqual(['block-storage']);
  expect(verdict).toBe('partial');
  expect(scope?.leftOut.map(({ kind }) => kind)).toContain('service');
  expect((await cli(['verify', 'lacking'])).stdout).toContain('are evaluated again');
});

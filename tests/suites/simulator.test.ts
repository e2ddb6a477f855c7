/** The suites on the embedded cloud, by the command line: verdicts, files, and that nothing is left. */
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { jsonList, jsonObject, jsonText, parseJson, type JsonObject } from '../../src/json.ts';
import { maxima, startSimulator, type Maximum, type Simulator } from '../../targets/simulator/index.ts';
import { cloudsIn, otherIdentities, runCli, temporaryFolder } from '../cli/run-child.ts';
import { readRunFolder, type Kept } from './run-folder.ts';

const running: Simulator[] = [];
afterAll(() => Promise.all(running.map((simulator) => simulator.close())));

interface Done extends Kept {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly simulator: Simulator;
}

/** Runs against a simulator of the test, which can be inspected afterwards. */
async function respond(maximum: Maximum, args: readonly string[]): Promise<Done> {
  const simulator = await startSimulator({ maximum });
  running.push(simulator);
  const folder = temporaryFolder();
  const output = join(folder, 'out');
  const all = ['run', '--os-cloud', 'sim-demo', '--output', output, ...args];
  const ended = await runCli(all, folder, cloudsIn(folder, simulator.clouds));
  if (ended.code === 3) throw new Error(ended.stderr);
  return { ...ended, ...readRunFolder(output), simulator };
}

/** A run of each release at its newest microversion; the first test of a release starts it. */
const runs = new Map<Maximum, Promise<Done>>();
function fullRun(maximum: Maximum): Promise<Done> {
  const run = runs.get(maximum) ?? respond(maximum, [...otherIdentities, '--microversions', 'latest']);
  runs.set(maximum, run);
  return run;
}

/** A failed SHOULD is decided too, but does not affect the verdict. */
const fine: ReadonlySet<string> = new Set(['pass', 'warn', 'not-applicable']);
const unsettled = (report: Kept['report']) => report.cases.filter(({ verdict }) => !fine.has(verdict.is));

test.concurrent.each(maxima)(
  'a cloud with maximum %s passes at its newest microversion, and every case that applies is decided',
  async (maximum) => {
    const { code, report, stderr } = await fullRun(maximum);
    expect(unsettled(report)).toEqual([]);
    // One microversion is less than the contract: the run reports it and is not conformant.
    expect(report).toMatchObject({ verdict: 'passed', leaks: [], run: { ended: 'completed' } });
    expect(report.reasons.filter((reason) => !/^\d+ of \d+ (clauses|cases) excluded/.test(reason))).toEqual([]);
    expect(report.vacuous).toBeUndefined();
    expect(report.target.services.compute?.microversions).toBe(`2.1-${maximum}`);
    expect(report.counts.cases.pass).toBeGreaterThan(200);
    expect(stderr).not.toContain('broke');
    expect(code).toBe(0);
  },
);

test.each(maxima)('nothing is left on a cloud with maximum %s', async (maximum) => {
  const { simulator, ledger } = await fullRun(maximum);
  expect(await namesOf(simulator)).toEqual([]);
  expect(simulator.internalErrors).toEqual([]);
  const removed = new Set(ledger.flatMap((entry) => (entry.event === 'removed' ? [entry.id] : [])));
  const created = ledger.flatMap((entry) => (entry.event === 'created' ? [entry.id] : []));
  expect(created.length).toBeGreaterThan(5);
  expect(created.filter((id) => !removed.has(id))).toEqual([]);
});

test('every creation is in the ledger before its request is sent', async () => {
  const { ledger, report } = await fullRun('2.104');
  const intended = new Set<string>();
  for (const entry of ledger) {
    if (entry.event === 'intent') intended.add(entry.name);
    else expect(intended).toContain(entry.name);
    expect(entry.name).toMatch(new RegExp(`^${report.run.name}-`));
  }
});

test('journal, report, evidence and ledger of a run agree', async () => {
  const { journal, report, evidence, ledger, files } = await fullRun('2.104');
  const decidedLines = journal.flatMap((line) => (line.line === 'case' ? [line] : []));
  const run = journal[0];
  if (run?.line !== 'run') throw new Error('The journal does not begin with its run');
  const tried = run.cases.filter(({ verdict }) => !verdict).map(({ id }) => id);
  expect(decidedLines.map(({ id }) => id).sort()).toEqual([...tried].sort());
  expect(journal.filter(({ line }) => line === 'end')).toHaveLength(1);
  expect(report.cases.map(({ id }) => id).sort()).toEqual(run.cases.map(({ id }) => id).sort());
  for (const one of report.cases) {
    const kept = one.evidence === undefined ? [] : evidence.get(one.evidence);
    expect(kept, one.id).toHaveLength(one.exchanges);
    if (one.verdict.is === 'pass') {
      expect(
        kept?.some(({ purpose, response }) => purpose === 'act' && response),
        one.id,
      ).toBe(true);
    }
  }
  const places = report.cases.flatMap((one) => [one, ...(one.attempts ?? [])].flatMap((each) => each.evidence ?? []));
  expect([...evidence.keys()].toSorted()).toEqual([...new Set(places)].toSorted());
  const created = ledger.filter(({ event }) => event === 'created');
  expect(Object.values(report.cost.created).reduce((sum, count) => sum + count, 0)).toBe(created.length);
  expect(files).toEqual(
    expect.arrayContaining(['journal.ndjson', 'junit.xml', 'ledger.ndjson', 'report.json', 'report.md']),
  );
});

test('no file and no terminal output contains a password or a token', async () => {
  const { everything, stdout, stderr, simulator, evidence } = await fullRun('2.104');
  const texts = `${everything}\n${stdout}\n${stderr}`;
  for (const { auth } of Object.values(simulator.clouds.clouds)) {
    expect(texts.includes(auth.password ?? ''), auth.username).toBe(false);
  }
  const sent = [...evidence.values()].flat().flatMap(({ request }) => request.headers);
  const tokens = new Set(sent.filter(([name]) => name === 'x-auth-token').map(([, value]) => value));
  expect(tokens).toEqual(new Set(['[redacted]']));
});

test('with the member alone, clauses of other identities are not attempted, with the option as remedy', async () => {
  const { report, code, simulator } = await respond('2.104', [
    '--microversions',
    'latest',
    '--resource',
    'volume-attachments',
  ]);
  const kinds = new Set(unsettled(report).map(({ verdict }) => verdict.is));
  expect(kinds).toEqual(new Set(['not-attempted']));
  const remedies = unsettled(report).map(({ verdict }) =>
    verdict.is === 'not-attempted' ? verdict.remedy : undefined,
  );
  expect(remedies.filter((remedy) => !/--(admin|reader|other|service) CLOUD/.test(remedy ?? ''))).toEqual([]);
  expect(report.counts.clauses.pass).toBeGreaterThan(100);
  expect(report.counts.cases.fail).toBe(0);
  expect(code).toBe(report.verdict === 'conformant' ? 0 : 2);
  expect(await namesOf(simulator)).toEqual([]);
});

test('--include and --microversions run only what they name', async () => {
  const args = ['--include', 'compute/show-volume-attachment#reply-*', '--microversions', '2.1,2.75,latest', '--json'];
  const { report, stdout } = await respond('2.93', args);
  expect(new Set(report.clauses.map(({ operation }) => operation))).toEqual(
    new Set(['compute/show-volume-attachment']),
  );
  expect(new Set(report.cases.map(({ microversion }) => microversion))).toEqual(new Set(['2.1', '2.75', '2.93']));
  expect(JSON.parse(stdout)).toEqual(report);
  expect(unsettled(report)).toEqual([]);
});

test('a run whose cases are all decided in advance ends by itself and proves nothing', async () => {
  const { report, code } = await respond('2.93', ['--include', 'compute/swap-volume#answers-*']);
  expect(report.cases.map(({ verdict }) => verdict.is)).toContain('not-attempted');
  expect(report).toMatchObject({
    verdict: 'partial',
    run: { ended: 'completed' },
    vacuous: expect.any(String) as string,
  });
  expect(code).toBe(2);
});

test('a fault of the cloud is found, reported by its clause, and gives exit code 1', async () => {
  const simulator = await startSimulator({
    maximum: '2.93',
    faults: ['compute/list-volume-attachments:shift-range:field.id:never-ends'],
  });
  running.push(simulator);
  const folder = temporaryFolder();
  const only = ['--include', 'compute/list-volume-attachments#reply-*'];
  const args = ['run', '--os-cloud', 'sim-demo', '--output', 'out', ...only];
  const { code } = await runCli(args, folder, cloudsIn(folder, simulator.clouds));
  const { report } = readRunFolder(join(folder, 'out'));
  const failed = report.clauses.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
  expect(failed).toEqual(['compute/list-volume-attachments#reply-lacks-id']);
  expect(report.cases.filter(({ verdict }) => verdict.is === 'fail').map(({ microversion }) => microversion)).toEqual([
    '2.89',
    '2.93',
  ]);
  expect(code).toBe(1);
});

/** Servers and volumes of all projects, as the administrator sees them. */
async function namesOf(simulator: Simulator): Promise<readonly string[]> {
  const auth: Readonly<Record<string, string>> = simulator.clouds.clouds['sim-admin']?.auth ?? {};
  const domain = { name: 'Default' };
  const identity = {
    methods: ['password'],
    password: { user: { name: auth.username ?? '', domain, password: auth.password ?? '' } },
  };
  const scope = { project: { name: auth.project_name ?? '', domain } };
  const signedIn = await fetch(`${simulator.url}/auth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: { identity, scope } }),
  });
  const token = signedIn.headers.get('x-subject-token') ?? '';
  const catalog = jsonList(jsonObject(jsonObject(parseJson(await signedIn.text())).token).catalog).map(jsonObject);
  const lists = await Promise.all(
    [
      ['compute', 'servers'],
      ['block-storage', 'volumes'],
    ].map(async ([type = '', key = '']) => {
      const response = await fetch(`${publicUrl(catalog, type)}/${key}?all_tenants=1`, {
        headers: { 'x-auth-token': token },
      });
      expect(response.status).toBe(200);
      return jsonList(jsonObject(parseJson(await response.text()))[key]);
    }),
  );
  return lists.flat().map((thing) => jsonText(jsonObject(thing).name) ?? 'a thing without a name');
}

function publicUrl(catalog: readonly JsonObject[], type: string): string {
  const service = catalog.find((one) => one.type === type || (type === 'block-storage' && one.type === 'volumev3'));
  const endpoint = jsonList(service?.endpoints)
    .map(jsonObject)
    .find((one) => one.interface === 'public');
  return jsonText(endpoint?.url) ?? '';
}

/** Runs whose folder becomes unwritable: they end cleanly and leave nothing in the target. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readLedger } from '../../src/resources/ledger.ts';
import { runCli, temporaryFolder, type Ended } from '../cli/run-child.ts';
import { startHostileTarget } from '../hostile/hostile-target.ts';
import type { Behind } from '../hostile/misbehaviour.ts';
import { creates } from '../hostile/places.ts';
import { askBehind } from '../hostile/run-against.ts';
import { startSimulator } from '../../targets/simulator/index.ts';

const mounts: string[] = [];
afterEach(() => {
  for (const place of mounts.splice(0)) spawnSync('umount', ['-l', place]);
});

/** Mounts a separate file system; returns false if this user or machine cannot. */
function mountTmpfs(place: string, size: string): boolean {
  mkdirSync(place, { recursive: true });
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', place]).status === 0;
  if (isMounted) mounts.push(place);
  return isMounted;
}

const canMount = ((): boolean => {
  const place = temporaryFolder();
  if (!mountTmpfs(place, '64k')) return false;
  spawnSync('umount', ['-l', place]);
  return true;
})();
/** The name of a skipped test states the reason. */
const onTmpfs = canMount ? test : test.skip;
const why = canMount ? '' : ' (needs the right to mount a tmpfs)';

function fill(place: string): void {
  const page = Buffer.alloc(4096);
  try {
    for (;;) appendFileSync(join(place, 'filler'), page);
  } catch {
    return;
  }
}

/** Tries again while a file is open for writing. */
function makeReadOnly(place: string): void {
  for (let tries = 0; tries < 1_000; tries += 1) {
    if (spawnSync('mount', ['-o', 'remount,ro', place]).status === 0) return;
  }
  throw new Error('The mount did not become read-only.');
}

interface Setup {
  readonly place: string;
  readonly run: string;
  readonly behind: Behind;
  readonly env: Readonly<Record<string, string>>;
  readonly cli: (...args: readonly string[]) => Promise<Ended>;
  /** Names in create requests after the trigger, and the names in the ledger at the trigger. */
  readonly late: { readonly names: string[]; known: readonly string[] };
}

/** `trigger` runs at the first create request, when its intent is in the ledger. */
async function withSetup(trigger: (setup: Setup) => void, execute: (setup: Setup) => Promise<void>): Promise<void> {
  const simulator = await startSimulator({ pace: 1 });
  const behind = await askBehind(simulator);
  const folder = temporaryFolder();
  const place = join(folder, 'place');
  const run = join(place, 'run');
  mkdirSync(place);
  const env = { OS_CLIENT_CONFIG_FILE: join(folder, 'clouds.yaml') };
  const cli: Setup['cli'] = (...args) => runCli([...args, '--os-cloud', 'sim-demo'], folder, env);
  const setup: Setup = { place, run, behind, env, cli, late: { names: [], known: [] } };
  let isTriggered = false;
  const target = await startHostileTarget(
    {
      where: creates,
      respond: ({ body, carryOut }) => {
        if (!isTriggered) {
          isTriggered = true;
          setup.late.known = readLedger(readFileSync(join(run, 'ledger.ndjson'), 'utf8')).map(({ name }) => name);
          trigger(setup);
        } else setup.late.names.push(/"name":"([^"]+)"/.exec(body)?.[1] ?? '');
        return carryOut();
      },
    },
    behind.origin,
  );
  writeFileSync(env.OS_CLIENT_CONFIG_FILE, JSON.stringify(simulator.clouds).replaceAll(behind.origin, target.origin));
  try {
    await execute(setup);
  } finally {
    await target.close();
    await simulator.close();
  }
}

const some = ['--include', 'compute/attach-volume#reply-has-*', '--microversions', '2.60', '--concurrency', '4'];

async function leftIn(behind: Behind): Promise<readonly string[]> {
  const lists = [
    [`/compute/v2.1/servers`, 'servers'],
    [`/volume/v3/${behind.projectId}/volumes`, 'volumes'],
  ] as const;
  const named = lists.map(async ([path, key]) => {
    const { status, body } = await behind.send('GET', path);
    expect(status, path).toBe(200);
    return (JSON.parse(body) as Record<string, readonly { name: string }[]>)[key]?.map(({ name }) => name) ?? [];
  });
  return (await Promise.all(named)).flat();
}

function expectCleanEnd({ code, stdout, stderr }: Ended, { late }: Setup, error: string): void {
  const output = stdout + stderr;
  expect(code, output).toBe(2);
  expect(stderr).toMatch(
    new RegExp(`The run could not be recorded completely\\. Cannot write \\S+: .*\\(${error}\\)\\. \\S`),
  );
  expect(stderr).toContain('Everything that the run created was removed.');
  expect(stdout).toMatch(/write-error, exit code 2\n$/);
  expect(output).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
  expect(late.names.filter((name) => !late.known.includes(name))).toEqual([]);
}

const dirty = [
  ['is full', 'ENOSPC', ({ place }: Setup) => fill(place), true],
  ['is remounted read-only', 'EROFS', ({ place }: Setup) => makeReadOnly(place), true],
  ['is removed', 'ENOENT', ({ run }: Setup) => rmSync(run, { recursive: true }), false],
  ['is renamed', 'ENOENT', ({ run }: Setup) => renameSync(run, `${run}-2`), false],
  [
    'is replaced by a file',
    'ENOTDIR',
    ({ run }: Setup) => {
      rmSync(run, { recursive: true });
      writeFileSync(run, '');
    },
    false,
  ],
] as const;

for (const [happens, error, makeDirty, needsMount] of dirty) {
  const claim = `a run whose folder ${happens} starts no more cases, creates nothing, and removes what it created`;
  (needsMount ? onTmpfs : test)(`${claim}${needsMount ? why : ''}`, () =>
    withSetup(makeDirty, async (setup) => {
      if (needsMount) mountTmpfs(setup.place, '2m');
      const ended = await setup.cli('run', '--debug', ...some, '--output', setup.run);
      expectCleanEnd(ended, setup, error);
      expect(await leftIn(setup.behind)).toEqual([]);
      if (needsMount) {
        const cleanUp = `cleanup ${setup.run} --os-cloud sim-demo`;
        expect(ended.stderr).toContain(cleanUp);
        const again = await setup.cli('cleanup', setup.run);
        expect(again.code, again.stderr).toBe(0);
      } else expect(existsSync(join(setup.run, 'journal.ndjson'))).toBe(false);
    }),
  );
}

onTmpfs(`cleanup works with a ledger with an incomplete last line on a read-only disk${why}`, () =>
  withSetup(
    ({ place }) => fill(place),
    async ({ place, run, behind, cli }) => {
      mountTmpfs(place, '2m');
      await cli('run', ...some, '--output', run);
      const body = { volume: { name: 'osc-left', size: 1 } };
      const created = await behind.send('POST', `/volume/v3/${behind.projectId}/volumes`, body);
      const { id } = (JSON.parse(created.body) as { volume: { id: string } }).volume;
      rmSync(join(place, 'filler'));
      const entry = { event: 'created', type: 'volume', name: 'osc-left', id, at: '2026-01-01T00:00:00.000Z' };
      appendFileSync(join(run, 'ledger.ndjson'), `${JSON.stringify(entry)}\n{"event":"int`);
      appendFileSync(join(run, 'journal.ndjson'), '{"line":"ca');
      makeReadOnly(place);
      const { code, stdout, stderr } = await cli('cleanup', run);
      expect(code, stdout + stderr).toBe(0);
      expect(stdout).toBe('1 of 1 resources removed.\n');
      expect(stderr).toMatch(
        /^Cannot write .*\(EROFS\).* Clean-up continues, but is not recorded in the run folder\.$/m,
      );
      expect(await leftIn(behind)).toEqual([]);
    },
  ),
);

onTmpfs(`a folder without space for the plan is refused with one line and removed${why}`, () =>
  withSetup(
    () => undefined,
    async ({ place, run, behind, cli }) => {
      mountTmpfs(place, '8k');
      const { code, stdout, stderr } = await cli('run', ...some, '--output', run);
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toMatch(/^openstack-conformance: Cannot write \S+: .*\(ENOSPC\)\. .*\n$/);
      expect(existsSync(run)).toBe(false);
      expect(await leftIn(behind)).toEqual([]);
    },
  ),
);

onTmpfs(`without space for the reports, the verdict is still printed, and the exit code is 2${why}`, () =>
  withSetup(
    () => undefined,
    async (setup) => {
      const { place, run, cli } = setup;
      mountTmpfs(place, '2m');
      const reporter = join(place, 'filler.mjs');
      const filler = `try { for (;;) appendFileSync(${JSON.stringify(join(place, 'filler'))}, Buffer.alloc(4096)); } catch {}`;
      writeFileSync(
        reporter,
        `import { appendFileSync } from 'node:fs';
export default { id: 'filler', summary: '', render: () => { ${filler} return [{ path: 'filler.txt', text: 'x'.repeat(9000) }]; } };\n`,
      );
      const { code, stdout, stderr } = await cli('run', ...some, '--reporter', reporter, '--output', run);
      expect(code, stdout + stderr).toBe(2);
      expect(stdout).toMatch(/\b0 of \d+ clauses failed/);
      expect(stderr).toContain('(ENOSPC)');
      expect(stderr).toContain(`To write the reports again: openstack-conformance report ${run}`);
      expect(readdirSync(run).sort()).toEqual(['evidence', 'journal.ndjson', 'ledger.ndjson']);
      rmSync(join(place, 'filler'));
      expect(await runCli(['report', run, '--reporter', 'json'], place)).toMatchObject({ code: 0 });
      expect(await runCli(['verify', run], place)).toMatchObject({ code: 0 });
    },
  ),
);

test.each([
  ['run', 'a file in place of the folder', 'file/run', 'ENOTDIR'],
  ['schemas --openapi latest', 'a full device', '/dev/full', 'ENOSPC'],
] as const)('%s on %s is one line and exit code 3', async (verb, _, output, error) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  const more = verb === 'run' ? some : [];
  const { code, stderr } = await runCli(
    [...verb.split(' '), ...more, verb === 'run' ? '--output' : '--out', output],
    folder,
  );
  expect(stderr).toMatch(new RegExp(`^openstack-conformance: Cannot write \\S+: .*\\(${error}\\)\\. .*\\n$`));
  expect(code).toBe(3);
});

/**
 * What a run makes of every variation of catalogue, endpoint, clouds.yaml, environment, proxy and identity.
 *
 * With OPENSTACK_CLIENT=openstack in the environment, the client is asked as well, and compared with what is recorded.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { connect } from '../../cli/run/connect.ts';
import { findCredentials } from '../../cli/run/find-credentials.ts';
import { signInEach } from '../../cli/run/sign-in-each.ts';
import { addSignInOptions, readSignInOptions } from '../../cli/run/sign-in-options.ts';
import { isJsonObject, type JsonObject } from '../../src/json.ts';
import { temporaryFolder } from '../cli/run-child.ts';
import { startFakeCloud, type FakeCloud } from './variations/fake-cloud.ts';
import { ofServices } from './variations/of-services.ts';
import { ofSignIn } from './variations/of-sign-in.ts';
import { usual, usualCatalog, type Variation } from './variations/variation.ts';

const variations = [...ofServices, ...ofSignIn].map(({ run: told = usual, ...variation }) => ({
  ...variation,
  run: told,
  client: variation.client ?? told,
}));
const client = process.env.OPENSTACK_CLIENT;
let cloud: FakeCloud;
let home = '';

beforeAll(async () => {
  cloud = await startFakeCloud();
});
afterAll(() => cloud.close());
beforeEach(() => {
  home = temporaryFolder();
  cloud.asked.length = 0;
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const auth: JsonObject = {
  auth_url: 'O/identity/v3',
  username: 'ada',
  password: 'lovelace',
  project_name: 'demo',
  user_domain_name: 'Default',
  project_domain_name: 'Default',
};

/** The second laid over the first; null takes away. */
function laidOver(under: JsonObject, over: JsonObject): JsonObject {
  const merged = Object.entries({ ...under, ...over }).flatMap(([key, value]) => {
    if (value === null) return [];
    const before = under[key];
    return [[key, isJsonObject(before) && isJsonObject(value) ? laidOver(before, value) : value] as const];
  });
  return Object.fromEntries(merged);
}

function filled(text: string): string {
  return text
    .replaceAll('HTTP://O', cloud.origin.toUpperCase())
    .replaceAll(/\bO(?=[/'"]|$)/g, cloud.origin)
    .replaceAll(/:P$/g, `:${new URL(cloud.origin).port}`)
    .replaceAll(/^X$/g, cloud.proxy)
    .replaceAll(/^H(?=\/)/g, home);
}

/** Writes the files of a variation; its environment, in which nothing else of the kind is set. */
function settle({ entry, catalog = usualCatalog, keystone = '/identity', env = {}, files = {}, unnamed }: Variation) {
  Object.assign(cloud, { catalog, keystone });
  const own = { region_name: 'north', auth };
  const all = { ...files };
  const elsewhere = Object.keys(files).some((path) => path.endsWith('clouds.yaml'));
  if (!unnamed && !elsewhere)
    all['openstack/clouds.yaml'] = JSON.stringify({ clouds: { demo: laidOver(own, entry ?? {}) } });
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), filled(text));
  }
  const values = Object.entries(env).map(([name, value]) => [name, filled(value)] as const);
  return { HOME: home, XDG_CONFIG_HOME: home, ...Object.fromEntries(values) };
}

const others = /^(?:OS_|XDG_|https?_proxy$|no_proxy$|all_proxy$)/i;

/** As the commands do it, without anything but questions. */
async function ofRun(variation: Variation): Promise<string> {
  const env = settle(variation);
  for (const name of Object.keys(process.env).filter((key) => others.test(key))) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const work = join(home, 'work');
  mkdirSync(work);
  vi.spyOn(process, 'cwd').mockReturnValue(work);
  const [named, args] = splitOptions(variation);
  const command = addSignInOptions(new Command('run')).parse(args, { from: 'user' });
  const credentials = findCredentials(named === undefined ? {} : { member: named }, readSignInOptions(command.opts()));
  const { recorder, close } = connect({ credentials, embedded: false });
  try {
    const { sessions, unfit, memberError } = await signInEach(credentials, recorder);
    if (memberError) throw memberError;
    const member = sessions.get('member');
    if (!member) return unfit.member?.reason ?? '';
    const [compute, volumes] = ['compute', 'block-storage'].map((type) => {
      const endpoint = member.endpoint(type);
      if (endpoint !== undefined) return endpoint;
      const { reason, remedy } = member.describeMissing(type);
      throw new Error(`${reason} ${remedy}`);
    });
    return word(compute, volumes, cloud.asked.includes('proxy'));
  } finally {
    await close();
  }
}

function splitOptions({ options = [], unnamed }: Variation): readonly [string | undefined, readonly string[]] {
  const at = options.indexOf('--os-cloud');
  if (at >= 0) return [options[at + 1], options.filter((_, index) => index !== at && index !== at + 1)];
  return [unnamed ? undefined : 'demo', options];
}

function word(compute: string | undefined, volumes: string | undefined, byProxy: boolean): string {
  return `servers ${compute ?? 'nowhere'} volumes ${volumes ?? 'nowhere'}${byProxy ? ' by proxy' : ''}`;
}

const plain = (text: string): string =>
  text
    .replaceAll(cloud.origin.replace('127.0.0.1', '[::ffff:127.0.0.1]'), 'O')
    .replaceAll(cloud.origin, 'O')
    .replaceAll(cloud.proxy, 'X')
    .replaceAll(home, 'H');

test.each(variations)('a run on $name', async (variation) => {
  const seen = await ofRun(variation).catch((error: unknown) => (error as Error).message);
  const shown = plain(seen);
  if (variation.run.startsWith('servers ')) expect(shown).toBe(variation.run);
  else expect(shown.slice(0, variation.run.length)).toBe(variation.run);
});

test('there are forty at least, and each difference from the client has its reason', () => {
  expect(variations.length).toBeGreaterThanOrEqual(40);
  expect(new Set(variations.map(({ name }) => name)).size).toBe(variations.length);
  for (const { name, run, client: theirs, because } of variations) {
    const bothFail = !run.startsWith('servers ') && !theirs.startsWith('servers ');
    expect(because !== undefined, name).toBe(!bothFail && run !== theirs);
  }
});

/** Where the client asks for flavors and volumes; or the last line that it prints. */
async function ofClient(variation: Variation): Promise<string> {
  const env = settle(variation);
  const [named, args] = splitOptions(variation);
  const all = [...(named === undefined ? [] : ['--os-cloud', named]), ...args];
  const trouble: string[] = [];
  for (const list of [
    ['flavor', 'list'],
    ['volume', 'list'],
  ])
    trouble.push(await run([...all, ...list], env));
  const found = (list: string): string | undefined =>
    cloud.asked
      .filter((path) => path.endsWith(`/${list}/detail`))
      .map((path) => `O${path.slice(0, -`/${list}/detail`.length)}`)[0];
  const [compute, volumes] = [found('flavors'), found('volumes')];
  if (compute === undefined || volumes === undefined) {
    const where =
      compute === undefined && volumes === undefined
        ? ''
        : `${word(compute, volumes, false).replace('servers', 'Servers')}: `;
    return plain(`${where}${trouble.find((text) => text !== '') ?? ''}`);
  }
  return plain(word(compute, volumes, cloud.asked.includes('proxy')));
}

function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const inherited = Object.entries(process.env).filter(([name]) => !others.test(name));
  const child = spawn(client ?? '', args, {
    cwd: home,
    env: { ...Object.fromEntries(inherited), ...env },
  });
  let text = '';
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((resolve) =>
    child.once('close', (code) => resolve(code === 0 ? '' : (text.trim().split('\n').at(-1) ?? ''))),
  );
}

test.skipIf(client === undefined).each(variations)(
  'the client on $name',
  async (variation) => {
    const seen = await ofClient(variation);
    if (process.env.OPENSTACK_CLIENT_RECORD)
      writeFileSync(process.env.OPENSTACK_CLIENT_RECORD, `${JSON.stringify([variation.name, seen])}\n`, { flag: 'a' });
    expect(seen).toBe(variation.client);
  },
  120_000,
);

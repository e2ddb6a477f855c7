/**
 * Canaries as secrets of every auth type, sent back by the target in many spellings: none of them is in a file of the
 * run, on the terminal, in a title or the environment of a process, or in what the test runner keeps.
 */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startSimulator } from '../../targets/simulator/index.ts';
import { temporaryFolder } from '../cli/run-child.ts';
import { answer } from './conducts.ts';
import { filesIn } from './files-in.ts';
import { startHostileTarget } from './hostile-target.ts';
import type { Behind, Responder, Response, Where } from './misbehaviour.ts';
import { acts, creates, services, signIn } from './places.ts';
import { askBehind, runCommand } from './run-against.ts';
import { watchProcesses } from './watch-processes.ts';

const password = 'C4n&ry/"pw"+ü zz=1';
const cookie = 'c4nary-cookie-000';
const signature = 'c4narysignature00';
const userPart = 'c4nary-user-part';
const adminPass = 'c4nary-admin-pass';
const placed = [cookie, signature, userPart, adminPass] as const;

interface Row {
  readonly type: string;
  readonly echoes: Where;
  /** The auth section, and what else of an entry goes with it. */
  readonly entry: (origin: string, behind: Behind) => Promise<Entry>;
}

interface Entry {
  readonly cloud: object;
  readonly secrets: readonly string[];
}

const project = { project_name: 'demo', project_domain_name: 'Default' };
const user = { username: 'demo', user_domain_name: 'Default' };

const rows: readonly Row[] = [
  {
    type: 'password',
    echoes: acts,
    entry: async (origin) => ({
      cloud: { auth: { auth_url: `${origin}/identity/v3`, ...user, ...project, password } },
      secrets: [password],
    }),
  },
  {
    type: 'token',
    echoes: creates,
    entry: async (origin, { token }) => ({
      cloud: { auth_type: 'token', auth: { auth_url: `${origin}/identity/v3`, ...project, token } },
      secrets: [token],
    }),
  },
  {
    type: 'v3applicationcredential',
    echoes: acts,
    entry: async (origin, behind) => ({
      cloud: {
        auth_type: 'v3applicationcredential',
        auth: {
          auth_url: `${origin}/identity/v3`,
          application_credential_id: await applicationCredential(behind),
          application_credential_secret: password,
        },
      },
      secrets: [password],
    }),
  },
  {
    type: 'http_basic',
    echoes: acts,
    entry: async (origin, { projectId }) => ({
      cloud: {
        auth_type: 'http_basic',
        auth: { endpoint: `${origin}/compute/v2.1`, username: 'demo', password },
        block_storage_endpoint_override: `${origin}/volume/v3/${projectId}`,
        image_endpoint_override: `${origin}/image`,
      },
      secrets: [password, Buffer.from(`demo:${password}`).toString('base64')],
    }),
  },
];

async function applicationCredential({ send, userId }: Behind): Promise<string> {
  const path = `/identity/v3/users/${userId}/application_credentials`;
  const made = await send('POST', path, { application_credential: { name: 'canary', secret: password } });
  return (JSON.parse(made.body) as { application_credential: { id: string } }).application_credential.id;
}

test.each(rows)('nothing of $type leaks', { timeout: 240_000 }, async ({ echoes, entry }) => {
  const simulator = await startSimulator({ pace: 1 });
  const behind = await askBehind(simulator);
  const tokens = new Set<string>();
  const target = await startHostileTarget(
    { where: () => true, respond: echoing(echoes, tokens, behind) },
    behind.origin,
  );
  const folder = temporaryFolder();
  try {
    const { cloud, secrets } = await entry(target.origin, behind);
    const watch = watchProcesses();
    const env = { OS_PASSWORD: password };
    const run = await runCommand(folder, cloud, env, ['--debug'], watch.of);
    const seen: Readonly<Record<string, string>> = {
      stdout: run.stdout,
      stderr: run.stderr,
      ...filesIn(join(folder, 'run')),
      ...filesIn(join(import.meta.dirname, '../../node_modules/.vite/vitest')),
      ...watch.seen(),
    };
    expect(run.code, run.stderr).not.toBe(3);
    expect(Object.keys(seen)).toEqual(expect.arrayContaining(['debug.log', 'report.json', 'ledger.ndjson']));
    expect(Object.values(seen).join('')).toContain('[redacted]');
    const leaks = [...secrets, ...tokens, ...placed].flatMap((secret) =>
      Object.entries(seen).flatMap(([place, text]) => (holds(text, secret) ? [`${secret} in ${place}`] : [])),
    );
    expect(leaks).toEqual([]);
  } finally {
    await target.close();
    await simulator.close();
  }
});

/** Lets the embedded cloud know the password as its own, and tells everything that it was told where it echoes. */
function echoing(where: Where, tokens: Set<string>, behind: Behind): Responder {
  return async (asked) => {
    const known = asked.headers['x-auth-token'];
    const told = [asked.body, ...Object.values(asked.headers).map(String), password, ...tokens].join('\n');
    if (services(asked) && where(asked)) return echo(told);
    const basic = asked.headers.authorization !== undefined && known === undefined;
    const response = await asked.carryOut({
      body:
        signIn(asked) && asked.body.includes('"methods":["password"]')
          ? asked.body.replace(JSON.stringify(password), JSON.stringify('demo-pw'))
          : asked.body,
      headers: basic ? { 'x-auth-token': behind.token } : {},
    });
    const token = response.headers['x-subject-token'];
    if (typeof token === 'string') tokens.add(token);
    return response;
  };
}

function echo(told: string): Response {
  const forms = [
    told,
    encodeURIComponent(told),
    JSON.stringify(told),
    ...['', 'x', 'xx'].map((before) => inBase64(before + told)),
  ];
  const url = `https://ada:${userPart}@127.0.0.1/x?temp_url_sig=${signature}&X-Amz-Signature=${signature}`;
  const body = { badRequest: { code: 400, message: forms.join(' '), url, adminPass } };
  const plain = told.replace(/[^ -~]/g, ' ');
  return answer(400, JSON.stringify(body), {
    location: url,
    'set-cookie': `s=${cookie}`,
    'x-told': plain,
    'x-subject-token': 't',
  });
}

function holds(text: string, secret: string): boolean {
  const forms = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    inBase64(secret).slice(0, -4),
  ];
  return forms.some((form) => text.includes(form));
}

function inBase64(text: string): string {
  return Buffer.from(text).toString('base64');
}

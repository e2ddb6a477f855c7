/** A generated client and a mock server, both made from one document, understand each other. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@hey-api/openapi-ts';
import { OpenAPIBackend, type Document } from 'openapi-backend';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { microversion } from '../../src/microversion.ts';
import { openApiDocument } from '../../src/openapi/document.ts';
import { assembleOwn } from '../assembly/compute-specs.ts';

const document = openApiDocument(assembleOwn().contract, microversion('2.89'));
const folder = mkdtempSync(join(tmpdir(), 'osc-client-'));
const seen: { readonly method: string; readonly url: string; readonly headers: IncomingMessage['headers'] }[] = [];

interface Reply {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

type Call = (options: Readonly<Record<string, unknown>>) => Promise<Reply>;

let server: Server;
let client: Readonly<Record<string, Call>>;
let baseUrl: string;

beforeAll(async () => {
  const mock = await mockOf(document as unknown as Document);
  server = createServer(
    (request, response) =>
      void mock(request).then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await createClient({ input: document, output: folder, logs: { level: 'silent' } });
  client = (await import(join(folder, 'sdk.gen.ts'))) as Readonly<Record<string, Call>>;
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

/** Refuses what the document does not allow, and answers with what it makes of the schema. */
async function mockOf(definition: Document) {
  const api = new OpenAPIBackend({ definition, quick: true, strict: true, ajvOpts: { strict: false } });
  api.register({
    validationFail: (context) => ({ status: 400, body: context.validation.errors }),
    notFound: () => ({ status: 404, body: {} }),
    unauthorizedHandler: () => ({ status: 401, body: {} }),
    notImplemented: (context) => {
      const made = api.mockResponseForOperation(context.operation.operationId ?? '');
      return { status: made.status, body: made.mock as unknown };
    },
  });
  api.registerSecurityHandler('token', (context) => {
    const headers = context.request.headers as Readonly<Record<string, unknown>>;
    return headers['x-auth-token'] === 'abc';
  });
  await api.init();
  return async ({ method = '', url = '', headers }: IncomingMessage): Promise<{ status: number; body: unknown }> => {
    seen.push({ method, url, headers });
    const plain = Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
    return (await api.handleRequest({ method, path: url, headers: plain })) as { status: number; body: unknown };
  };
}

function list(options: Readonly<Record<string, unknown>>): Promise<Reply> {
  const { listVolumeAttachments: call } = client;
  if (!call) throw new Error('The client has no such call.');
  return call(options);
}

test('a list call takes token, microversion and query there, and a reply of the documented form back', async () => {
  const { data, response } = await list({
    baseUrl,
    auth: 'abc',
    headers: { 'OpenStack-API-Version': 'compute 2.89' },
    path: { server_id: 'a b' },
    query: { limit: 2 },
  });
  expect(response.status).toBe(200);
  const [item] = (data as { readonly volumeAttachments: readonly Readonly<Record<string, unknown>>[] })
    .volumeAttachments;
  expect(Object.keys(item ?? {}).sort()).toEqual([
    'attachment_id',
    'bdm_uuid',
    'delete_on_termination',
    'device',
    'serverId',
    'tag',
    'volumeId',
  ]);
  expect(seen.at(-1)).toMatchObject({ method: 'GET', url: '/servers/a%20b/os-volume_attachments?limit=2' });
});

test.each([
  ['another microversion', { headers: { 'OpenStack-API-Version': 'compute 2.88' }, auth: 'abc' }, 400],
  ['no microversion', { auth: 'abc' }, 400],
  ['no token', { headers: { 'OpenStack-API-Version': 'compute 2.89' } }, 401],
])('%s is refused', async (_, options, status) => {
  const { response } = await list({ baseUrl, path: { server_id: 'a' }, ...options });
  expect(response.status).toBe(status);
});

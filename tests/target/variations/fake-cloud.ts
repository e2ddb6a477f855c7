/** A cloud on loopback that knows one user and says where its services are; it keeps what it is asked. And a proxy. */
import { createServer, request as forward, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Service type, interface, region and path; `P` stands for the project. */
export type CatalogRow = readonly [type: string, face: string, region: string, path: string];

export interface FakeCloud {
  readonly origin: string;
  readonly proxy: string;
  catalog: readonly CatalogRow[];
  /** Where Keystone is; `/identity` unless a variation moves it. */
  keystone: string;
  /** Paths asked of the services, and `proxy` for each request that came by the proxy. */
  readonly asked: string[];
  readonly close: () => Promise<void>;
}

export async function startFakeCloud(): Promise<FakeCloud> {
  const asked: string[] = [];
  const server = createServer((incoming, outgoing) => {
    void text(incoming).then((body) => {
      const path = (incoming.url ?? '').replace(/^http:\/\/[^/]+/, '');
      const { status, headers = {}, json } = answer(cloud, incoming, path, body);
      outgoing.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(json));
    });
  });
  const proxy = createServer((incoming, outgoing) => {
    asked.push('proxy');
    const { method, url = '', headers } = incoming;
    incoming.pipe(
      forward(url, { method, headers }, (response) => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(outgoing);
      }),
    );
  });
  proxy.on('connect', (incoming, socket) => {
    asked.push('proxy');
    const [host, port] = (incoming.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    for (const one of [onward, socket]) one.on('error', () => socket.destroy());
  });
  const cloud: FakeCloud = {
    origin: await listen(server),
    proxy: await listen(proxy),
    catalog: [],
    keystone: '/identity',
    asked,
    close: async () => {
      for (const one of [server, proxy]) {
        one.close();
        one.closeAllConnections();
      }
    },
  };
  return cloud;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json: unknown;
}

function answer(cloud: FakeCloud, { method }: IncomingMessage, url: string, body: string): Answer {
  const [path = ''] = url.split('?');
  const root = `${cloud.origin}${cloud.keystone}/v3`;
  const version = { id: 'v3.14', status: 'stable', links: [{ rel: 'self', href: `${root}/` }] };
  if (method === 'POST' && path === `${cloud.keystone}/v3/auth/tokens`) return signIn(cloud, body);
  if (path.replace(/\/$/, '') === `${cloud.keystone}/v3`) return { status: 200, json: { version } };
  if (path.replace(/\/$/, '') === cloud.keystone) return { status: 300, json: { versions: { values: [version] } } };
  cloud.asked.push(path);
  for (const list of ['flavors', 'volumes', 'servers']) {
    if (path.endsWith(`/${list}/detail`)) return { status: 200, json: { [list]: [] } };
  }
  return versionsAt(cloud.origin, path.replace(/\/$/, ''));
}

/** Documents of the two services, wherever a proxy puts them. */
function versionsAt(origin: string, path: string): Answer {
  const [, prefix = '', segment] = /^(.*?)(?:\/(v2\.1|v3))?$/.exec(path) ?? [];
  const isVolume = prefix.includes('volume');
  const id = isVolume ? 'v3.0' : 'v2.1';
  if (segment !== undefined && isVolume !== (segment === 'v3')) return { status: 404, json: {} };
  if (!/compute|volume/.test(prefix) || /\/v\d/.test(prefix)) return { status: 404, json: {} };
  const href = `${origin}${prefix}/${isVolume ? 'v3' : 'v2.1'}/`;
  const one = { id, status: 'CURRENT', version: isVolume ? '3.70' : '2.100', min_version: isVolume ? '3.0' : '2.1' };
  const document = { ...one, links: [{ rel: 'self', href }] };
  return { status: 200, json: isVolume || segment === undefined ? { versions: [document] } : { version: document } };
}

interface SignIn {
  readonly auth: {
    readonly identity: {
      readonly password?: { readonly user: { readonly name?: string; readonly password: string } };
      readonly application_credential?: { readonly id?: string; readonly name?: string; readonly secret: string };
    };
    readonly scope?: { readonly project?: object; readonly system?: object; readonly domain?: object };
  };
}

function signIn(cloud: FakeCloud, body: string): Answer {
  const { auth } = JSON.parse(body) as SignIn;
  const { password, application_credential: credential } = auth.identity;
  const user = password?.user ?? (isKnown(credential) ? { name: 'ada', password: credential?.secret } : undefined);
  // As in Keystone: a credential is for one project, and nothing else can be asked for.
  if (credential && auth.scope) return unauthorized('Application credentials cannot request a scope.');
  if (user?.password !== 'lovelace') return unauthorized('Who is that?');
  const isScoped = credential !== undefined || auth.scope !== undefined;
  const project = (credential ?? auth.scope?.project) && {
    id: 'p1',
    name: 'demo',
    domain: { id: 'default', name: 'Default' },
  };
  const token = {
    methods: ['password'],
    user: { id: 'u1', name: user.name ?? 'ada', domain: { id: 'default', name: 'Default' } },
    issued_at: new Date().toISOString(),
    expires_at: '2999-01-01T00:00:00.000000Z',
    roles: [{ id: 'r1', name: 'member' }],
    ...(project && { project }),
    ...(auth.scope?.system && { system: { all: true } }),
    ...(isScoped && { catalog: catalogOf(cloud, project !== undefined) }),
  };
  return { status: 201, headers: { 'x-subject-token': 'token' }, json: { token } };
}

function isKnown(credential: SignIn['auth']['identity']['application_credential']): boolean {
  return credential?.id === 'c1' || credential?.name === 'engine';
}

function unauthorized(message: string): Answer {
  return { status: 401, json: { error: { code: 401, message } } };
}

function catalogOf({ catalog, origin }: FakeCloud, hasProject: boolean): readonly object[] {
  const shown = catalog.filter(([, , , path]) => hasProject || !path.includes('P'));
  return [...new Set(shown.map(([type]) => type))].map((type) => ({
    type,
    name: type,
    id: type,
    endpoints: shown
      .filter(([one]) => one === type)
      .map(([, face, region, path], index) => ({
        id: `${type}${index}`,
        interface: face,
        ...(region !== '' && { region, region_id: region }),
        url: urlOf(path, origin),
      })),
  }));
}

/** After `6`, by the IPv6 form of the address; after `-`, the path alone. */
function urlOf(path: string, origin: string): string {
  if (/^https?:/.test(path)) return path;
  if (path.startsWith('-')) return path.slice(1);
  const host = path.startsWith('6') ? origin.replace('127.0.0.1', '[::ffff:127.0.0.1]') : origin;
  return host + path.replace(/^6/, '').replace('P', 'p1');
}

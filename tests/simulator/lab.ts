/**
 * A simulator with authenticated sessions, and functions to create servers, volumes and attachments.
 */

import { type Simulator, type SimulatorOptions, startSimulator } from '../../targets/simulator/index.ts';

export interface Response {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined if the text is not JSON. */
  readonly body: unknown;
}

export interface Sending {
  /** The requested microversion. */
  readonly version?: string;
  readonly body?: unknown;
  /** Sent unchanged, instead of `body`. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
}

export interface Session {
  readonly token: string;
  readonly projectId: string;
  readonly userId: string;
  /** The path is below /compute/v2.1, or below the root if it begins with an exclamation mark. */
  compute(method: string, path: string, sending?: Sending): Promise<Response>;
  volume(method: string, path: string, sending?: Sending): Promise<Response>;
  identity(method: string, path: string, sending?: Sending): Promise<Response>;
}

export type CloudName =
  | 'sim-admin'
  | 'sim-demo'
  | 'sim-demo-reader'
  | 'sim-demo-service'
  | 'sim-demo-guest'
  | 'sim-alt'
  | 'sim-alt-service'
  | 'sim-system-admin';

export class Lab {
  readonly simulator: Simulator;
  readonly origin: string;
  readonly #sessions = new Map<CloudName, Promise<Session>>();
  #image: string | undefined;

  private constructor(simulator: Simulator) {
    this.simulator = simulator;
    this.origin = new URL(simulator.url).origin;
  }

  static async start(options: SimulatorOptions = {}): Promise<Lab> {
    return new Lab(await startSimulator({ pace: 1, ...options }));
  }

  /** Uses a running simulator. */
  static on(simulator: Simulator): Lab {
    return new Lab(simulator);
  }

  async as(cloud: CloudName): Promise<Session> {
    const known = this.#sessions.get(cloud) ?? this.#signIn(cloud);
    this.#sessions.set(cloud, known);
    return known;
  }

  async image(): Promise<string> {
    const { token } = await this.as('sim-demo');
    const listed = await send('GET', `${this.origin}/image/v2/images`, { token });
    this.#image ??= text(listed, '/images/0/id');
    return this.#image;
  }

  /** Creates an ACTIVE server of the member, by default from an image. */
  async server(extra: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const demo = await this.as('sim-demo');
    const source = 'block_device_mapping_v2' in extra ? {} : { imageRef: await this.image() };
    const server = { name: 'tested', flavorRef: '42', networks: 'none', ...source, ...extra };
    const id = text(await demo.compute('POST', '/servers', { version: '2.37', body: { server } }), '/server/id');
    await this.serverIs(id, 'ACTIVE');
    return id;
  }

  async serverIs(id: string, status: string): Promise<void> {
    const admin = await this.as('sim-admin');
    await eventually(async () => {
      const { body } = await admin.compute('GET', `/servers/${id}`);
      return at(body, '/server/status') === status && at(body, '/server/OS-EXT-STS:task_state') === null;
    });
  }

  /** Runs a server action and waits for the final status. */
  async runAction(id: string, action: unknown, status: string, cloud: CloudName = 'sim-demo'): Promise<void> {
    const session = await this.as(cloud);
    const response = await session.compute('POST', `/servers/${id}/action`, { body: action });
    if (response.status >= 300) throw new Error(`${JSON.stringify(action)} was refused: ${response.text}`);
    await this.serverIs(id, status);
  }

  async volume(extra: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const demo = await this.as('sim-demo');
    const made = await demo.volume('POST', '/volumes', { body: { volume: { size: 1, ...extra } } });
    const id = text(made, '/volume/id');
    await this.volumeIs(id, 'available');
    return id;
  }

  async volumeIs(id: string, status: string): Promise<void> {
    const admin = await this.as('sim-admin');
    await eventually(async () => {
      const { body } = await admin.volume('GET', `/volumes/${id}`);
      return at(body, '/volume/status') === status;
    });
  }

  async attach(server: string, volume: string, wanted: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const demo = await this.as('sim-demo');
    const body = { volumeAttachment: { volumeId: volume, ...wanted } };
    const response = await demo.compute('POST', attachments(server), { version: '2.60', ...tagged(wanted), body });
    if (response.status >= 300) throw new Error(`The attach was refused: ${response.text}`);
    await this.volumeIs(volume, 'in-use');
  }

  /** Creates an ACTIVE server with a volume in use. */
  async pair(): Promise<{ readonly server: string; readonly volume: string }> {
    const [server, volume] = await Promise.all([this.server(), this.volume()]);
    await this.attach(server, volume);
    return { server, volume };
  }

  async close(): Promise<void> {
    await this.simulator.close();
  }

  async #signIn(cloud: CloudName): Promise<Session> {
    const auth = this.simulator.clouds.clouds[cloud]?.auth ?? {};
    const user = { name: auth.username, domain: { name: 'Default' }, password: auth.password };
    const scope =
      auth.system_scope === undefined
        ? { project: { name: auth.project_name, domain: { name: 'Default' } } }
        : { system: { all: true } };
    const identity = { methods: ['password'], password: { user } };
    const response = await send('POST', `${this.simulator.url}/auth/tokens`, { body: { auth: { identity, scope } } });
    const token = response.headers.get('x-subject-token') ?? '';
    const projectId = auth.system_scope === undefined ? text(response, '/token/project/id') : '';
    const under = (base: string) => (method: string, path: string, sending: Sending) =>
      send(method, path.startsWith('!') ? this.origin + path.slice(1) : this.origin + base + path, {
        token,
        ...sending,
      });
    const compute = under('/compute/v2.1');
    const volume = under(`/volume/v3/${projectId}`);
    return {
      token,
      projectId,
      userId: text(response, '/token/user/id'),
      compute: (method, path, { version, ...rest } = {}) => compute(method, path, asking('compute', version, rest)),
      volume: (method, path, { version, ...rest } = {}) => volume(method, path, asking('volume', version, rest)),
      identity: (method, path, sending = {}) => under('/identity/v3')(method, path, sending),
    };
  }
}

export function attachments(server: string, volume?: string): string {
  const collection = `/servers/${server}/os-volume_attachments`;
  return volume === undefined ? collection : `${collection}/${volume}`;
}

export async function send(method: string, url: string, sending: Sending = {}): Promise<Response> {
  const { body, raw, headers = {}, token } = sending;
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url, {
    method,
    headers: {
      ...(content === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(token === undefined ? {} : { 'X-Auth-Token': token }),
      ...headers,
    },
    ...(content === undefined ? {} : { body: content }),
  });
  const received = await response.text();
  return { status: response.status, headers: response.headers, text: received, body: parsed(received) };
}

/** The value at a JSON pointer, or undefined. */
export function at(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((inner, name) => (inner as Record<string, unknown> | null | undefined)?.[name], value);
}

export function text(response: Response, pointer: string): string {
  const found = at(response.body, pointer);
  if (typeof found !== 'string') throw new Error(`No text at ${pointer} in ${response.status} ${response.text}`);
  return found;
}

/** The message of an error response of Nova, Cinder or Keystone. */
export function message(response: Response): unknown {
  return at(Object.values(response.body as object)[0], '/message');
}

/** Repeats a check until it succeeds; fails after five seconds. */
export async function eventually(check: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 5000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error('The condition was not met within 5 s.');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

export const unknownId = '00000000-0000-4000-8000-000000000000';

function asking(service: string, version: string | undefined, sending: Sending): Sending {
  if (version === undefined) return sending;
  return { ...sending, headers: { ...sending.headers, 'OpenStack-API-Version': `${service} ${version}` } };
}

function tagged(wanted: Readonly<Record<string, unknown>>): Sending {
  return 'delete_on_termination' in wanted ? { version: '2.79' } : {};
}

function parsed(received: string): unknown {
  try {
    return JSON.parse(received) as unknown;
  } catch {
    return undefined;
  }
}

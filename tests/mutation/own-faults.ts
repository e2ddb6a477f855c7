/** The faults that our own contract suggests, and requests and replies for them. */
import { chosenContracts } from '../../cli/chosen-contract.ts';
import type { ReceivedResponse, SentRequest } from '../../src/client/exchange.ts';
import type { HttpOutcome } from '../../src/client/http-client.ts';
import type { Json } from '../../src/json.ts';
import { range } from '../../src/microversion.ts';
import type { DerivedFault } from '../../src/mutation/derived-fault.ts';
import { derivedFaults } from '../../src/mutation/derived/index.ts';
import { recogniser } from '../../src/mutation/recognise.ts';
import { faultHeader, sendThrough } from '../../src/mutation/tampered.ts';

export const [{ contract }] = (await chosenContracts({})).chosen;
export const derived = derivedFaults(contract);

export const endpoint = 'http://cloud.test/compute/v2.1';
export const recognise = recogniser({ contract, endpoint, range: range('2.1-2.104') });

export const server = 'aaaaaaaa-1111-4111-8111-111111111111';
export const volume = '22222222-2222-4222-8222-222222222222';
export const collection = `/servers/${server}/os-volume_attachments`;
export const member = `${collection}/${volume}`;

/** The fault with this id; `derived:` goes without saying. */
export function faultOf(name: string): DerivedFault {
  const fault = derived.find(({ id }) => id === `derived:${name}`);
  if (!fault) throw new RangeError(`No fault has the id derived:${name}`);
  return fault;
}

/** The fault whose id begins so, at 2.70 or else at its first microversion, and that microversion. */
export function edgeOf(beginning: string): { readonly fault: DerivedFault; readonly version: string } {
  const alike = derived.filter(({ id }) => id.startsWith(`derived:${beginning}:2.`));
  const fault = alike.find(({ id }) => id.includes(':2.70-')) ?? alike[0];
  if (!fault) throw new RangeError(`No fault has an id that begins with derived:${beginning}`);
  return { fault, version: (fault.id.split(':').at(-1) ?? '').split('-')[0] ?? '' };
}

export interface Asking {
  readonly method: string;
  /** Below the endpoint. */
  readonly path: string;
  /** Undefined sends no version header. */
  readonly version?: string;
  readonly body?: Json;
  readonly raw?: string;
}

export function requestFor({ method, path, version, body, raw }: Asking): SentRequest {
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  return {
    method,
    url: endpoint + path,
    headers: version === undefined ? [] : [['openstack-api-version', `compute ${version}`]],
    ...(text === undefined ? {} : { body: text }),
  };
}

export function responseOf(status: number, body: Json | undefined, headers: ReceivedResponse['headers'] = []) {
  const text = body === undefined ? '' : JSON.stringify(body);
  return {
    status,
    headers: [...headers, ['content-length', String(Buffer.byteLength(text))]],
    body: text,
  } satisfies ReceivedResponse;
}

export interface Sent {
  readonly outcome: HttpOutcome;
  /** What reached the service. */
  readonly reached: readonly SentRequest[];
}

/** Sends a request through a fault to a service that always gives the same reply. */
export async function through(
  fault: DerivedFault | undefined,
  asking: Asking,
  response: ReceivedResponse,
  marked = true,
): Promise<Sent> {
  const plain = requestFor(asking);
  const mark = [faultHeader, fault?.id ?? 'derived:none'] as const;
  const request = marked ? { ...plain, headers: [...plain.headers, mark] } : plain;
  const reached: SentRequest[] = [];
  const outcome = await sendThrough(request, fault, recognise, async (sent) => {
    reached.push(sent);
    return { response: response };
  });
  return { outcome, reached };
}

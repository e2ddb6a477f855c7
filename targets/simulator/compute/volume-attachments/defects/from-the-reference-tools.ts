/**
 * Functions for the faults written from the reference: read a request about attachments, rewrite it, and rewrite its
 * response.
 */

import { includes, type MicroversionRange } from '../../../../../src/microversion.ts';
import type { Cloud } from '../../../cloud.ts';
import { negotiate } from '../../negotiation.ts';
import type { Mapping, Server } from '../../state.ts';
import type { Tamper } from '../../../handler.ts';
import type { Fault } from '../../../faults/fault.ts';
import {
  isObject,
  type Json,
  type JsonObject,
  member,
  type SimRequest,
  type SimResponse,
} from '../../../kernel/http.ts';
import { Refusal } from '../../../kernel/refusal.ts';

type AttachmentOperation =
  'list-volume-attachments' | 'attach-volume' | 'show-volume-attachment' | 'update-volume-attachment' | 'detach-volume';

/** Creates the faults of one operation. */
export function tampering(operation: AttachmentOperation): (name: string, summary: string, tamper: Tamper) => Fault {
  return (name, summary, tamper) => ({
    id: `compute:blind-${name}`,
    summary,
    kind: 'tamper',
    operations: [`compute/${operation}`],
    tamper,
  });
}

/** The server of the path, for any caller. */
export function serverOf({ params }: SimRequest, cloud: Cloud): Server | undefined {
  return cloud.compute.servers.get((params.server_id ?? '').toLowerCase());
}

/** The attachment of the path, or the one of `volumeId`, for any caller. */
export function mappingOf(
  request: SimRequest,
  cloud: Cloud,
  volumeId = request.params.volume_id ?? '',
): Mapping | undefined {
  return serverOf(request, cloud)?.mappings.find((one) => one.volumeId === volumeId.toLowerCase());
}

/** The content of the body's `volumeAttachment`; empty if it is missing. */
export function wantedOf({ body }: SimRequest): JsonObject {
  const wanted = member(parsed(body), 'volumeAttachment');
  return isObject(wanted) ? wanted : {};
}

/** The same request without one member of `volumeAttachment`. */
export function without(request: SimRequest, name: string): SimRequest {
  const kept = Object.entries(wantedOf(request)).filter(([one]) => one !== name);
  const whole = parsed(request.body);
  const changed = { ...(isObject(whole) ? whole : {}), volumeAttachment: Object.fromEntries(kept) };
  const body = JSON.stringify(changed);
  return { ...request, body, bodyBytes: Buffer.byteLength(body) };
}

/** The same request for another server or another volume. */
export function redirected(request: SimRequest, name: 'server_id' | 'volume_id', id: string): SimRequest {
  const former = request.params[name] ?? '';
  return { ...request, path: request.path.replace(former, id), params: { ...request.params, [name]: id } };
}

/** Whether the request is served at a microversion in the range. */
export function asksFor(range: MicroversionRange, { path, ...request }: SimRequest, cloud: Cloud): boolean {
  const { compute } = cloud.behaviour;
  try {
    return includes(range, path.startsWith('/v2/') ? compute.minimum : negotiate({ path, ...request }, compute));
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** A successful response with its attachment, or its list of attachments, changed. */
export function changeAttachments(
  response: SimResponse,
  change: (attachments: readonly JsonObject[]) => readonly JsonObject[],
): SimResponse {
  const body = response.status === 200 ? parsed(response.body) : undefined;
  const list = member(body, 'volumeAttachments');
  const one = member(body, 'volumeAttachment');
  if (Array.isArray(list))
    return { ...response, body: JSON.stringify({ volumeAttachments: change(list.filter(isObject)) }) };
  if (isObject(one)) return { ...response, body: JSON.stringify({ volumeAttachment: change([one])[0] ?? null }) };
  return response;
}

function parsed(text: string | undefined): Json | undefined {
  try {
    return JSON.parse(text ?? '') as Json;
  } catch {
    return undefined;
  }
}

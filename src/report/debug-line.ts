/**
 * `debug.log`: one line for every request, response and event of a run, with its time, safe to print.
 */
import { headerValue, type Exchange } from '../client/exchange.ts';
import { printable } from './printable.ts';

/** The evidence has the whole body. */
const shownOfBody = 500;

/** `x12 > act member POST http://…/os-volume_attachments (compute 2.60): {"volumeAttachment": …}` */
export function sentLine({ id, purpose, identity, request, startedAt }: Exchange): string {
  const version = headerValue(request.headers, 'openstack-api-version');
  const sent = `${id} > ${purpose} ${identity} ${request.method} ${request.url}`;
  return line(startedAt, `${sent}${version === undefined ? '' : ` (${version})`}${describeBody(request.body)}`);
}

/** `x12 < 202 in 12.3 ms, 64 bytes: {"volumeAttachment": …}` */
export function overLine({ id, response, failure, startedAt, durationMs }: Exchange): string {
  const at = new Date(Date.parse(startedAt) + durationMs).toISOString();
  if (!response) return line(at, `${id} < no response in ${durationMs} ms: ${failure?.code} ${failure?.message}`);
  const bytes = Buffer.byteLength(response.body) + (response.truncatedBytes ?? 0);
  return line(at, `${id} < ${response.status} in ${durationMs} ms, ${bytes} bytes${describeBody(response.body)}`);
}

/** Any other event: a case begins, a resource is removed. */
export function turnLine(at: string, text: string): string {
  return line(at, text);
}

function describeBody(body: string | undefined): string {
  return body ? `: ${body.length > shownOfBody ? `${body.slice(0, shownOfBody)}…` : body}` : '';
}

function line(at: string, text: string): string {
  return `${at} ${printable(text, 4 * shownOfBody)}\n`;
}

/**
 * List and show attachments.
 */

import { pass } from '../../checks.ts';
import { represent } from '../../fields.ts';
import { json, type SimResponse } from '../../http.ts';
import { Mishap } from '../../refusal.ts';
import { type ComputeCall, offers } from '../call.ts';
import { queryValue } from '../query.ts';
import type { Mapping } from '../state.ts';
import { readChecks } from './read-checks.ts';
import { pathSubject } from './subject.ts';

export function listAttachments(call: ComputeCall): SimResponse {
  const { itemFields, order, quirks, success } = call.cloud.behaviour.compute.attachments;
  const subject = pathSubject(call, undefined);
  pass(order.list, readChecks, subject);
  const rows = subject.server?.mappings ?? [];
  const attachments = quirks.pagesCountOtherDisks
    ? page(call, rows).filter((row) => isShown(call, row))
    : page(
        call,
        rows.filter((row) => isShown(call, row)),
      );
  return json(success.list, { volumeAttachments: attachments.map((row) => represent(itemFields, row, call.at)) });
}

export function showAttachment(call: ComputeCall): SimResponse {
  const { itemFields, order, success } = call.cloud.behaviour.compute.attachments;
  const subject = pathSubject(call, undefined);
  pass(order.show, readChecks, subject);
  if (!subject.mapping) throw new Mishap('nova.exception.VolumeBDMNotFound');
  return json(success.show, { volumeAttachment: represent(itemFields, subject.mapping, call.at) });
}

function isShown(call: ComputeCall, { volumeId, attachmentId }: Mapping): boolean {
  if (volumeId === null) return false;
  const { unrecorded } = call.cloud.behaviour.compute.attachments;
  return attachmentId !== null || unrecorded === 'null' || !offers(call, 'own-ids');
}

function page(call: ComputeCall, rows: readonly Mapping[]): readonly Mapping[] {
  const { maxLimit } = call.cloud.settings;
  const offset = numberOf(call, 'offset') ?? 0;
  // Zero, like nothing, means as many as a page holds.
  const asked = numberOf(call, 'limit') ?? 0;
  const limit = asked === 0 ? maxLimit : Math.min(asked, maxLimit);
  return rows.slice(offset, offset + limit);
}

function numberOf(call: ComputeCall, name: string): number | undefined {
  const text = queryValue(call.request, name)?.trim();
  if (text === undefined) return undefined;
  if (/^\d{1,4300}$/.test(text)) return Number(text);
  if (call.cloud.behaviour.compute.attachments.quirks.oddNumbersCrash) throw new Mishap('webob.exc.HTTPBadRequest');
  return undefined;
}

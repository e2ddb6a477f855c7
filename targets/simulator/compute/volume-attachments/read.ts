/**
 * List and show attachments.
 */

import { pass } from '../../kernel/checks.ts';
import { represent } from '../../kernel/fields.ts';
import { json, type JsonObject, type SimResponse } from '../../kernel/http.ts';
import { UnexpectedError } from '../../kernel/refusal.ts';
import { type ComputeCall, offers } from '../call.ts';
import { pageNumber } from '../paging.ts';
import { queryValue } from '../query.ts';
import type { Mapping } from '../state.ts';
import { readChecks } from './read-checks.ts';
import { pathSubject } from './subject.ts';

export function listAttachments(call: ComputeCall): SimResponse {
  const { listing, order, quirks, states, success } = call.cloud.behaviour.compute.attachments;
  const subject = pathSubject(call, 'list', undefined);
  pass(order.list, readChecks, subject);
  const { server } = subject;
  const rows = server && states.list.includes(server.vmState) ? listing.rows(server, call) : [];
  const attachments = quirks.pagesCountOtherDisks
    ? page(call, rows).filter((row) => isShown(call, row))
    : page(
        call,
        rows.filter((row) => isShown(call, row)),
      );
  return json(success.list, { volumeAttachments: attachments.map((row) => item(call, 'list', row)) });
}

export function showAttachment(call: ComputeCall): SimResponse {
  const { order, success } = call.cloud.behaviour.compute.attachments;
  const subject = pathSubject(call, 'show', undefined);
  pass(order.show, readChecks, subject);
  if (!subject.mapping) throw new UnexpectedError('nova.exception.VolumeBDMNotFound');
  return json(success.show, { volumeAttachment: item(call, 'show', subject.mapping) });
}

function item(call: ComputeCall, by: 'list' | 'show', row: Mapping): JsonObject {
  const { itemFields, ownFields } = call.cloud.behaviour.compute.attachments;
  const own = ownFields[by];
  const common = itemFields.filter(({ name }) => !own.some((one) => one.name === name));
  return represent([...common, ...own], row, call.at);
}

function isShown(call: ComputeCall, { volumeId, attachmentId }: Mapping): boolean {
  if (volumeId === null) return false;
  const { unrecorded } = call.cloud.behaviour.compute.attachments;
  return attachmentId !== null || unrecorded === 'null' || !offers(call, 'own-ids');
}

function page(call: ComputeCall, rows: readonly Mapping[]): readonly Mapping[] {
  const offset = pageNumber(call, queryValue(call.request, 'offset'));
  const limit = pageNumber(call, queryValue(call.request, 'limit'));
  const { listing } = call.cloud.behaviour.compute.attachments;
  return listing.slice(rows, { limit, offset, most: call.cloud.settings.maxLimit });
}

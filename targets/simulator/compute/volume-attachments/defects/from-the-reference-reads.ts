/**
 * Faults of listing and showing attachments, written from the reference without knowledge of the clauses.
 */

import { attachmentsOf } from '../../../block-storage/attaching.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Fault } from '../../../faults/fault.ts';
import type { Handler } from '../../../handler.ts';
import { type JsonObject, member, type SimRequest, type SimResponse, textMember } from '../../../kernel/http.ts';
import { mappingOf, redirected, changeAttachments, serverOf, tampering } from './from-the-reference-tools.ts';

const list = tampering('list-volume-attachments');
const show = tampering('show-volume-attachment');

export const referenceReadFaults: readonly Fault[] = [
  list('offset-counts-from-one', 'An offset of one skips nothing, an offset of two skips one.', (next) => {
    return (request, cloud) => next({ ...request, query: request.query.replace(/\boffset=(\d+)/g, oneLess) }, cloud);
  }),
  list('pages-overlap', 'A page with an offset is cut from the list in reverse order.', (next) => {
    return (request, cloud) => backwardsPage(next, request, cloud);
  }),
  list('list-without-root', 'A list omits the volume that the server was booted from.', (next) => {
    return async (request, cloud) => onlyThose(await next(request, cloud), (id) => !isRoot(request, cloud, id));
  }),
  list('list-swaps-ids', 'A list swaps attachment_id and bdm_uuid.', (next) => {
    return async (request, cloud) => changeAttachments(await next(request, cloud), (all) => all.map(withSwappedIds));
  }),
  show('show-looks-past-server', 'A show finds a volume on any server of the project that has it.', (next) => {
    return async (request, cloud) => {
      const response = await next(request, cloud);
      const other = response.status === 404 ? otherHolder(request, cloud) : undefined;
      return other === undefined ? response : next(redirected(request, 'server_id', other), cloud);
    };
  }),
  show('show-mixes-up-multiattach', "A show has the attachment_id of the volume's oldest attachment.", (next) => {
    return async (request, cloud) =>
      changeAttachments(await next(request, cloud), (all) => all.map((one) => withOldestId(one, cloud)));
  }),
];

function oneLess(_: string, offset: string): string {
  return `offset=${Math.max(Number(offset) - 1, 0)}`;
}

async function backwardsPage(next: Handler, request: SimRequest, cloud: Cloud): Promise<SimResponse> {
  const query = new URLSearchParams(request.query);
  const offset = query.get('offset') ?? '';
  const limit = query.get('limit') ?? String(cloud.settings.maxLimit);
  if (!/^0*[1-9]\d*$/.test(offset) || !/^0*[1-9]\d*$/.test(limit)) return next(request, cloud);
  query.delete('offset');
  query.delete('limit');
  const first = Number(offset);
  return changeAttachments(await next({ ...request, query: query.toString() }, cloud), (all) =>
    all.toReversed().slice(first, first + Number(limit)),
  );
}

function onlyThose(response: SimResponse, isKept: (volumeId: string) => boolean): SimResponse {
  return changeAttachments(response, (all) => all.filter((one) => isKept(textMember(one, 'volumeId') ?? '')));
}

function isRoot(request: SimRequest, cloud: Cloud, volumeId: string): boolean {
  return mappingOf(request, cloud, volumeId)?.bootIndex === 0;
}

function withSwappedIds(attachment: JsonObject): JsonObject {
  const { attachment_id: record, bdm_uuid: mapping, ...others } = attachment;
  if (record === undefined || mapping === undefined) return attachment;
  return { ...others, attachment_id: mapping, bdm_uuid: record };
}

/** Another server of the same project that has the volume of the path. */
function otherHolder(request: SimRequest, cloud: Cloud): string | undefined {
  const server = serverOf(request, cloud);
  const volumeId = request.params.volume_id ?? '';
  return [...cloud.compute.servers.values()].find(
    ({ id, projectId, mappings }) =>
      id !== server?.id && projectId === server?.projectId && mappings.some((one) => one.volumeId === volumeId),
  )?.id;
}

function withOldestId(attachment: JsonObject, cloud: Cloud): JsonObject {
  if (member(attachment, 'attachment_id') === undefined) return attachment;
  const oldest = attachmentsOf(cloud, textMember(attachment, 'volumeId') ?? '')[0];
  return oldest ? { ...attachment, attachment_id: oldest.id } : attachment;
}

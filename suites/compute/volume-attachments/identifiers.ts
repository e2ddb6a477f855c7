/** Clauses on the identifiers and tags of an attachment, before and since 2.89, as both services show them. */
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import { respondedWith, bodyOf } from '../../../src/clauses/checked.ts';
import { expectResponse, expectStatus, expectValue } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { atPointer, jsonList, jsonObject, jsonText } from '../../../src/json.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import { items, observeVolume } from '../observe-attachments.ts';
import { list, show } from './calls.ts';
import { listVolumeAttachments, showVolumeAttachment } from './operations.ts';
import { parameter } from './quotes.ts';

const same = parameter('attachment_volume_as_id')('The same UUID as ``volumeId``.');
const record = parameter('attachment_record')('The attachment as the block storage service knows it, by its UUID.');
const mapping = parameter('attachment_mapping')(
  "Nova's own record of the disk, its block device mapping, by its UUID.",
);

export const identifierClauses: readonly WrittenClause[] = [
  {
    id: 'compute/show-volume-attachment#id-is-the-volume',
    statement: 'Up to 2.88 the id of an attachment MUST be the UUID of its volume.',
    quotes: [same],
    range: '2.1-2.88',
    killedBy: ['compute:id-is-the-attachment-record'],
    check: judgeAccepted(showVolumeAttachment, {}, ({ server, volume }, own) => [
      ...expectValue(own, '/volumeAttachment/id', volume.id),
      ...expectValue(own, '/volumeAttachment/volumeId', volume.id),
      ...expectValue(own, '/volumeAttachment/serverId', server.id),
    ]),
  },
  {
    id: 'compute/list-volume-attachments#ids-are-the-volumes',
    statement: 'Up to 2.88 the id of each listed attachment MUST be the UUID of its volume.',
    quotes: [same],
    range: '2.1-2.88',
    killedBy: ['compute:id-is-the-attachment-record'],
    check: judgeAccepted(listVolumeAttachments, {}, (_, listed) =>
      items(listed).flatMap((item, index) =>
        expectValue(listed, `/volumeAttachments/${index}/id`, item.volumeId ?? null),
      ),
    ),
  },
  {
    id: 'compute/show-volume-attachment#attachment-id-agrees-with-the-volume',
    statement: 'The attachment_id MUST be the one under which the volume service lists the attachment.',
    quotes: [record],
    range: '2.89-',
    killedBy: ['compute:attachment-id-is-the-volume', 'compute:attachment-id-changes'],
    check: async (ctx) => {
      const [{ server, volume }] = await fixtures(ctx).readOnly();
      const response = await show(ctx, server, volume);
      const seen = await observeVolume(ctx, volume);
      return expectResponse(response, 200, (own) =>
        expectResponse(seen, 200, (shown) => {
          const entries = jsonList(atPointer(bodyOf(shown), '/volume/attachments')).map(jsonObject);
          const entry = entries.find(({ server_id: id }) => id === server.id);
          return expectValue(own, '/volumeAttachment/attachment_id', entry?.attachment_id ?? null);
        }),
      );
    },
  },
  {
    id: 'compute/list-volume-attachments#attachment-ids-agree-with-show',
    statement: 'The identifiers in the list MUST be those that showing the attachment gives.',
    quotes: [record, mapping],
    range: '2.89-',
    killedBy: ['compute:list-mixes-identifiers'],
    check: async (ctx) => {
      const attachments = await fixtures(ctx).readOnly();
      const [{ server }] = attachments;
      const response = await list(ctx, server);
      const listed = respondedWith(response, 200);
      if (!listed) return expectStatus(response, 200);
      const findings: Finding[] = [];
      for (const { volume } of attachments) {
        const seen = await show(ctx, server, volume, { purpose: 'observation' });
        const index = items(listed).findIndex(({ volumeId }) => volumeId === volume.id);
        for (const key of ['attachment_id', 'bdm_uuid'] as const) {
          const same = expectResponse(seen, 200, (shown) => {
            const expected = atPointer(bodyOf(shown), `/volumeAttachment/${key}`) ?? null;
            return expectValue(listed, `/volumeAttachments/${index}/${key}`, expected);
          });
          findings.push(...same);
        }
      }
      return findings;
    },
  },
  {
    id: 'compute/show-volume-attachment#identifiers-are-three-different-ones',
    statement: 'The UUIDs of volume, attachment record and block device mapping MUST differ from each other.',
    quotes: [record, mapping],
    range: '2.89-',
    killedBy: ['compute:attachment-id-is-the-volume', 'compute:bdm-uuid-is-the-attachment'],
    check: judgeAccepted(showVolumeAttachment, {}, (_, own) => {
      const body = atPointer(bodyOf(own), '/volumeAttachment');
      const ids = ['volumeId', 'attachment_id', 'bdm_uuid'].map((key) => jsonText(atPointer(body, `/${key}`)));
      if (new Set(ids).size === ids.length) return [];
      const seen = ids.map((id) => id ?? null);
      return [
        { kind: 'value', exchange: own.id, pointer: '/volumeAttachment', expected: 'three different UUIDs', seen },
      ];
    }),
  },
  {
    id: 'compute/show-volume-attachment#tag-is-the-given-one',
    statement: 'The tag of an attachment MUST be the one that it was attached with, and null without one.',
    quotes: [parameter('attachment_tag')('The word given to the disk when it was attached, or ``null``.')],
    range: '2.70-',
    killedBy: ['compute:show-drops-tag'],
    check: async (ctx) => {
      const findings: Finding[] = [];
      for (const { server, volume, tag } of await fixtures(ctx).readOnly()) {
        const response = await show(ctx, server, volume);
        findings.push(
          ...expectResponse(response, 200, (own) => expectValue(own, '/volumeAttachment/tag', tag ?? null)),
        );
      }
      return findings;
    },
  },
  {
    id: 'compute/list-volume-attachments#tags-are-the-given-ones',
    statement: 'The tag of each listed attachment MUST be the one that it was attached with, and null without one.',
    quotes: [parameter('attachment_tag')('The word given to the disk when it was attached, or ``null``.')],
    range: '2.70-',
    killedBy: ['compute:list-drops-tag'],
    check: judgeAccepted(listVolumeAttachments, {}, ({ attachments }, listed) =>
      attachments.flatMap(({ volume, tag }) => {
        const index = items(listed).findIndex(({ volumeId }) => volumeId === volume.id);
        return expectValue(listed, `/volumeAttachments/${index}/tag`, tag ?? null);
      }),
    ),
  },
];

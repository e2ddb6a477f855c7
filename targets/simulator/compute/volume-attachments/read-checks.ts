/**
 * The checks of a list and a show of attachments.
 */

import type { Check } from '../../kernel/checks.ts';
import { offers } from '../call.ts';
import { decodedQuery, queryRefusal } from '../query.ts';
import {
  foreignVolume,
  notAttached,
  notPermitted,
  undecodableQuery,
  unknownQuery,
  unknownServer,
} from './common-checks.ts';
import type { AttachmentSubject } from './subject.ts';

export type ReadCheck =
  | 'encoding'
  | 'list-query'
  | 'show-query'
  | 'server'
  | 'list-policy'
  | 'show-policy'
  /** No release has this check. */
  | 'volume-owner'
  | 'attached'
  | 'state'
  | 'recorded';

export const readChecks: Readonly<Record<ReadCheck, Check<AttachmentSubject>>> = {
  encoding: ({ call }) => (decodedQuery(call.request) ? undefined : undecodableQuery()),
  'list-query': ({ call }) =>
    queryRefusal(call, call.cloud.behaviour.compute.attachments.shapes.listQuery, offers(call, 'strict-list-query')),
  'show-query': unknownQuery('strict-show-query'),
  server: unknownServer,
  'list-policy': notPermitted('index'),
  'show-policy': notPermitted('show'),
  'volume-owner': foreignVolume,
  attached: notAttached,
  state: (subject) => {
    const { states } = subject.call.cloud.behaviour.compute.attachments;
    const isShown = !subject.server || states.show.includes(subject.server.vmState);
    return isShown ? undefined : notAttached({ ...subject, mapping: undefined });
  },
  recorded: (subject) => {
    const { unrecorded } = subject.call.cloud.behaviour.compute.attachments;
    const hidden = unrecorded === 'hidden' && offers(subject.call, 'own-ids') && subject.mapping?.attachmentId === null;
    return hidden ? notAttached({ ...subject, mapping: undefined }) : undefined;
  },
};

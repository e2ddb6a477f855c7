/**
 * The body of an update that takes back an attachment as it is shown: with no tag, and with all its identifiers.
 */

import { range } from '../../../../src/microversion.ts';
import type { Property, Shape } from '../../shape.ts';

type Members = Readonly<Record<string, Property>>;

const uuid: Shape = { types: ['string'], format: 'uuid' };
const ownIds: Members = {
  attachment_id: { ...uuid, range: range('2.89-') },
  bdm_uuid: { ...uuid, range: range('2.89-') },
};

/** `null` is the tag of an attachment without one. */
export function withNullTag(update: Shape): Shape {
  return withMembers(update, (members) => ({ ...members, tag: { ...members.tag, types: ['string', 'null'] } }));
}

/** From 2.89 on an attachment is shown with two identifiers more. */
export function withOwnIds(update: Shape): Shape {
  return withMembers(update, (members) => ({ ...members, ...ownIds }));
}

function withMembers(update: Shape, change: (members: Members) => Members): Shape {
  const content = update.properties?.volumeAttachment;
  const changed = { ...content, properties: change(content?.properties ?? {}) };
  return { ...update, properties: { ...update.properties, volumeAttachment: changed } };
}

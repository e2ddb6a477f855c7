/**
 * Extensions of the body of an update, so that it accepts an attachment as shown: a null tag and all identifiers.
 */

import { range } from '../../../../src/microversion.ts';
import type { Property, Shape } from '../../kernel/shape.ts';

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

/** From 2.89 on an attachment is shown with two more identifiers. */
export function withOwnIds(update: Shape): Shape {
  return withMembers(update, (members) => ({ ...members, ...ownIds }));
}

function withMembers(update: Shape, change: (members: Members) => Members): Shape {
  const content = update.properties?.volumeAttachment;
  const changed = { ...content, properties: change(content?.properties ?? {}) };
  return { ...update, properties: { ...update.properties, volumeAttachment: changed } };
}

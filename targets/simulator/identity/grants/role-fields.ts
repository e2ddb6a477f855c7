/**
 * The representation of a role.
 */

import type { Shown } from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import type { IdentityCall } from '../call.ts';
import { selfLink } from '../links.ts';
import type { Role } from '../state.ts';

export const roleFields: readonly Field<Shown<IdentityCall, Role>>[] = [
  { name: 'id', value: ({ item: { id } }) => id },
  { name: 'name', value: ({ item: { name } }) => name },
  { name: 'domain_id', value: () => null },
  { name: 'description', value: () => null },
  { name: 'options', value: () => ({ immutable: true }) },
  { name: 'links', value: (shown) => selfLink(shown, `roles/${shown.item.id}`) },
];

/**
 * The representation of a project.
 */

import type { Shown } from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import type { IdentityCall } from '../call.ts';
import { selfLink } from '../links.ts';
import type { Project } from '../state.ts';

export const projectFields: readonly Field<Shown<IdentityCall, Project>>[] = [
  { name: 'id', value: ({ item: { id } }) => id },
  { name: 'name', value: ({ item: { name } }) => name },
  { name: 'domain_id', value: ({ item: { domainId } }) => domainId },
  { name: 'description', value: ({ item: { description } }) => description },
  { name: 'enabled', value: ({ item: { enabled } }) => enabled },
  { name: 'parent_id', value: ({ item: { domainId } }) => domainId },
  { name: 'is_domain', value: () => false },
  { name: 'tags', value: () => [] },
  { name: 'options', value: () => ({}) },
  { name: 'links', value: (shown) => selfLink(shown, `projects/${shown.item.id}`) },
];

/**
 * Projects: list, create, show, delete; and their only domain.
 */

import { type Endpoint, query, unchecked, unreadQuery } from '../../kernel/endpoint.ts';
import { textMember } from '../../kernel/http.ts';
import { conflict } from '../../kernel/refusal.ts';
import type { IdentityCall, Of } from '../call.ts';
import { identityEndpoint } from '../identity-endpoint.ts';
import { listLinks, selfLink } from '../links.ts';
import {
  domain,
  hasNameAndDomain,
  type InDomain,
  isTaken,
  project,
  unknownDomain,
  unknownProject,
  unnamed,
} from '../named.ts';
import { type Domain, keystoneId, type Project } from '../state.ts';
import { projectFields } from './fields.ts';

const collection = '/v3/projects';
const item = `${collection}/:project_id`;

const listProjects = identityEndpoint('identity/list-projects', {
  method: 'GET',
  path: collection,
  query: query({ name: { types: ['string'] }, domain_id: { types: ['string'] } }),
  policy: { rule: 'list_projects' },
  checks: ['role'],
  listing: { noun: 'projects', rows: project.rows, includes: hasNameAndDomain },
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'projects', fields: projectFields, beside: [listLinks] },
});

const createProject = identityEndpoint('identity/create-project', {
  method: 'POST',
  path: collection,
  query: unreadQuery,
  body: unchecked('project', 'name', 'domain_id', 'description', 'enabled'),
  policy: { rule: 'create_project' },
  lookups: { domain },
  checks: ['role', 'name', 'domain', 'taken'],
  refusals: {
    name: unnamed,
    domain: unknownDomain,
    taken: (subject) =>
      isTaken(subject, subject.call.cloud.identity.projects.values())
        ? conflict(
            'Conflict occurred attempting to store project - it is not permitted to have two projects with the same ' +
              `name in the same domain: ${textMember(subject.wanted, 'name') ?? ''}.`,
          )
        : undefined,
  },
  result: newProject,
  effect: ({ call: { cloud } }, created) => {
    cloud.identity.projects.set(created.id, created);
  },
  success: [{ status: 201, content: 'item' }],
  response: { envelope: 'project', fields: projectFields },
});

const showProject = identityEndpoint('identity/show-project', {
  method: 'GET',
  path: item,
  query: unreadQuery,
  policy: { rule: 'get_project', project: ({ call: { params } }) => params.project_id },
  lookups: { project },
  checks: ['role', 'project'],
  refusals: { project: unknownProject },
  result: ({ found }) => found.project,
  success: [{ status: 200, content: 'item' }],
  response: { envelope: 'project', fields: projectFields },
});

const deleteProject = identityEndpoint('identity/delete-project', {
  method: 'DELETE',
  path: item,
  query: unreadQuery,
  policy: { rule: 'delete_project' },
  lookups: { project },
  checks: ['role', 'project'],
  refusals: { project: unknownProject },
  result: ({ found }) => found.project,
  effect: ({ call: { cloud } }, { id }) => {
    const { identity } = cloud;
    identity.projects.delete(id);
    identity.grants = identity.grants.filter(({ scope }) => scope.kind !== 'project' || scope.projectId !== id);
    for (const credential of identity.applicationCredentials.values()) {
      if (credential.projectId === id) identity.applicationCredentials.delete(credential.id);
    }
  },
  success: [{ status: 204, content: 'empty' }],
});

const listDomains = identityEndpoint('identity/list-domains', {
  method: 'GET',
  path: '/v3/domains',
  query: unreadQuery,
  policy: { rule: 'list_domains' },
  checks: ['role'],
  listing: { noun: 'domains', rows: ({ cloud }: IdentityCall): Iterable<Domain> => cloud.identity.domains.values() },
  success: [{ status: 200, content: 'item' }],
  response: {
    envelope: 'domains',
    fields: [
      { name: 'id', value: ({ item: { id } }) => id },
      { name: 'name', value: ({ item: { name } }) => name },
      { name: 'description', value: () => '' },
      { name: 'enabled', value: () => true },
      { name: 'tags', value: () => [] },
      { name: 'options', value: () => ({}) },
      { name: 'links', value: (shown) => selfLink(shown, `domains/${shown.item.id}`) },
    ],
    beside: [listLinks],
  },
});

export const projectEndpoints: readonly Endpoint[] = [
  listProjects,
  createProject,
  showProject,
  deleteProject,
  listDomains,
];

function newProject({ wanted, found }: Of<InDomain>): Project | undefined {
  return (
    found.domain && {
      id: keystoneId(),
      name: textMember(wanted, 'name') ?? '',
      domainId: found.domain.id,
      description: textMember(wanted, 'description') ?? '',
      enabled: wanted.enabled !== false,
    }
  );
}

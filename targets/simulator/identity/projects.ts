/**
 * Projects, and their only domain.
 */

import { json, member, type SimResponse, textMember } from '../kernel/http.ts';
import { conflict } from '../kernel/refusal.ts';
import type { Route } from '../kernel/router.ts';
import type { IdentityCall, IdentityHandle } from './call.ts';
import { expected, missing, noContent } from './errors.ts';
import { keystoneId, type Project } from './state.ts';
import { collection, projectView } from './views.ts';

export const projectRoutes: readonly Route<IdentityHandle>[] = [
  {
    operation: 'identity/list-projects',
    method: 'GET',
    path: '/v3/projects',
    handle: { rule: 'list_projects', grant: 'admin', answer: listProjects },
  },
  {
    operation: 'identity/create-project',
    method: 'POST',
    path: '/v3/projects',
    handle: { rule: 'create_project', grant: 'admin', answer: createProject },
  },
  {
    operation: 'identity/show-project',
    method: 'GET',
    path: '/v3/projects/:project_id',
    handle: { rule: 'get_project', grant: 'own-project', answer: showProject },
  },
  {
    operation: 'identity/delete-project',
    method: 'DELETE',
    path: '/v3/projects/:project_id',
    handle: { rule: 'delete_project', grant: 'admin', answer: deleteProject },
  },
  {
    operation: 'identity/list-domains',
    method: 'GET',
    path: '/v3/domains',
    handle: { rule: 'list_domains', grant: 'admin', answer: listDomains },
  },
];

export function projectOf({ cloud, params }: IdentityCall): Project {
  const id = params.project_id ?? '';
  const project = cloud.identity.projects.get(id);
  if (!project) throw missing('project', id);
  return project;
}

function listProjects({ request, cloud, query }: IdentityCall): SimResponse {
  const name = query.get('name');
  const domainId = query.get('domain_id');
  const projects = [...cloud.identity.projects.values()].filter(
    (one) => (name === null || one.name === name) && (domainId === null || one.domainId === domainId),
  );
  return json(
    200,
    collection(
      request,
      'projects',
      projects.map((one) => projectView(request, one)),
    ),
  );
}

function createProject({ request, cloud, body }: IdentityCall): SimResponse {
  const given = member(body, 'project');
  const name = textMember(given, 'name');
  if (name === undefined || name === '') throw expected('name', 'project');
  const domainId = textMember(given, 'domain_id') ?? 'default';
  if (!cloud.identity.domains.has(domainId)) throw missing('domain', domainId);
  if ([...cloud.identity.projects.values()].some((one) => one.name === name && one.domainId === domainId)) {
    throw conflict(
      'Conflict occurred attempting to store project - it is not permitted to have two projects with the same name ' +
        `in the same domain: ${name}.`,
    );
  }
  const description = textMember(given, 'description') ?? '';
  const project: Project = {
    id: keystoneId(),
    name,
    domainId,
    description,
    enabled: member(given, 'enabled') !== false,
  };
  cloud.identity.projects.set(project.id, project);
  return json(201, { project: projectView(request, project) });
}

function showProject(call: IdentityCall): SimResponse {
  return json(200, { project: projectView(call.request, projectOf(call)) });
}

function deleteProject(call: IdentityCall): SimResponse {
  const { id } = projectOf(call);
  const { identity } = call.cloud;
  identity.projects.delete(id);
  identity.grants = identity.grants.filter(({ scope }) => scope.kind !== 'project' || scope.projectId !== id);
  for (const credential of identity.applicationCredentials.values()) {
    if (credential.projectId === id) identity.applicationCredentials.delete(credential.id);
  }
  return noContent;
}

function listDomains({ request, cloud }: IdentityCall): SimResponse {
  const domains = [...cloud.identity.domains.values()].map(({ id, name }) => ({
    id,
    name,
    description: '',
    enabled: true,
    tags: [],
    options: {},
    links: { self: `${request.origin}/identity/v3/domains/${id}` },
  }));
  return json(200, collection(request, 'domains', domains));
}

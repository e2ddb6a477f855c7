/**
 * List, show and update servers.
 */

import { represent } from '../../kernel/fields.ts';
import { json, type JsonObject, type SimResponse, textMember, member } from '../../kernel/http.ts';
import { badRequest } from '../../kernel/refusal.ts';
import { type Shape, matches } from '../../kernel/shape.ts';
import { type ComputeCall, offers } from '../call.ts';
import { permittedServer } from '../lookup.ts';
import { enforce } from '../policy.ts';
import { queryRefusal, queryValue } from '../query.ts';
import type { Server } from '../state.ts';
import { checkedBody } from '../validate.ts';
import { statusOf } from './status.ts';
import { links } from './view.ts';

const number: Shape = { types: ['string'], pattern: '^[0-9]*$', minLength: 1 };
const extended = /^(OS-|os-|config_drive|key_name|host_status|locked_reason)/;

const listQuery: Shape = { properties: { limit: number } };

const updateShape: Shape = {
  types: ['object'],
  properties: {
    server: {
      types: ['object'],
      properties: {
        name: { types: ['string'], minLength: 1, maxLength: 255 },
        description: { types: ['string', 'null'], maxLength: 255 },
      },
      closed: true,
    },
  },
  required: ['server'],
  closed: true,
};

export function listServers(call: ComputeCall): SimResponse {
  const { servers, next } = selected(call, 'servers:index');
  const summaries = servers.map(({ id, name }) => ({ id, name, links: links(call, `servers/${id}`) }));
  return json(200, { servers: summaries, ...next });
}

export function listServersInDetail(call: ComputeCall): SimResponse {
  const { servers, next } = selected(call, 'servers:detail');
  return json(200, { servers: servers.map((server) => serverView(call, server)), ...next });
}

export function showServer(call: ComputeCall): SimResponse {
  return json(200, { server: serverView(call, permittedServer(call, 'servers:show')) });
}

export function updateServer(call: ComputeCall): SimResponse {
  const wanted = member(checkedBody(call, updateShape), 'server');
  const server = permittedServer(call, 'servers:update');
  server.name = textMember(wanted, 'name')?.trim() ?? server.name;
  const description = member(wanted, 'description');
  if (typeof description === 'string' || description === null) server.description = description;
  server.updatedAt = call.cloud.now();
  return json(200, { server: updatedView(call, server) });
}

/** Up to 2.74 the response to an update has no extended fields. */
function updatedView(call: ComputeCall, server: Server): JsonObject {
  const whole = serverView(call, server);
  if (offers(call, 'whole-update-answer')) return whole;
  const names = Object.keys(whole).filter((name) => name === 'OS-DCF:diskConfig' || !extended.test(name));
  return Object.fromEntries(names.map((name) => [name, whole[name] ?? null]));
}

export function serverView(call: ComputeCall, server: Server): JsonObject {
  return represent(call.cloud.behaviour.compute.servers.fields, { call, server }, call.at);
}

interface Selection {
  readonly servers: readonly Server[];
  /** A link to the next page, if there is one. */
  readonly next: JsonObject;
}

function selected(call: ComputeCall, rule: string): Selection {
  const { cloud, caller, request } = call;
  const refusal = queryRefusal(call, listQuery, false);
  if (refusal) throw refusal;
  enforce(cloud, caller, rule, caller.projectId);
  const everywhere = ['1', 'true', 'True', ''].includes(queryValue(request, 'all_tenants') ?? 'no');
  if (everywhere) enforce(cloud, caller, `${rule}:get_all_tenants`, undefined);
  const name = queryValue(request, 'name');
  const status = queryValue(request, 'status')?.toUpperCase();
  const servers = [...cloud.compute.servers.values()]
    .reverse()
    .filter(
      (server) =>
        (everywhere || server.projectId === caller.projectId) &&
        (name === undefined || contains(server.name, name)) &&
        (status === undefined || statusOf(server) === status),
    );
  return page(call, servers);
}

function page(call: ComputeCall, servers: readonly Server[]): Selection {
  const { maxLimit } = call.cloud.settings;
  const marker = queryValue(call.request, 'marker');
  const start = marker === undefined ? 0 : servers.findIndex(({ id }) => id === marker) + 1;
  if (marker !== undefined && start === 0) throw badRequest(`marker [${marker}] not found`);
  const asked = Number(queryValue(call.request, 'limit') ?? maxLimit);
  const limit = Math.min(asked, maxLimit);
  const shown = servers.slice(start, start + limit);
  const last = shown.at(-1);
  if (!last || shown.length < limit) return { servers: shown, next: {} };
  const { origin, path } = call.request;
  const href = `${origin}/compute${path}?limit=${limit}&marker=${last.id}`;
  return { servers: shown, next: { servers_links: [{ rel: 'next', href }] } };
}

/** Names are matched as regular expressions; an invalid one matches nothing. */
function contains(name: string, pattern: string): boolean {
  try {
    return matches(pattern, name);
  } catch {
    return false;
  }
}

/**
 * Faults in which of several reasons for a refusal is reported.
 */

import type { Cloud } from '../cloud.ts';
import type { AttachmentBehaviour } from '../compute/behaviour.ts';
import { checkContentType } from '../compute/content-types.ts';
import { computeError } from '../compute/errors.ts';
import { serverNotFound, visibleServer } from '../compute/lookup.ts';
import { negotiate } from '../compute/negotiation.ts';
import type { Fault } from './fault.ts';
import type { SimRequest } from '../kernel/http.ts';
import { callerOf } from '../identity/caller.ts';
import { badRequest, Refusal } from '../kernel/refusal.ts';
import { operationsOf } from './acts.ts';
import { attachments } from './of-attachments.ts';
import { earlier } from './orders.ts';

type Order = AttachmentBehaviour['order'];

/** Both forms of PUT. */
const put = operationsOf.swap;

const early: readonly Fault[] = [
  upFront(
    'version-before-token',
    'The microversion is checked before the token.',
    operationsOf.list,
    (request, cloud) => {
      negotiate(request, cloud.behaviour.compute);
    },
  ),
  upFront(
    'type-before-version',
    'The content type is checked before the microversion.',
    operationsOf.attach,
    (request, cloud) => {
      if (isKnown(request, cloud)) checkContentType(request, cloud.behaviour.compute.protocol.contentTypes);
    },
  ),
  upFront(
    'body-before-type',
    'The body is parsed before its content type is checked.',
    operationsOf.attach,
    (request, cloud) => {
      if (isServed(request, cloud)) parse(request);
    },
  ),
  upFront(
    'attach-looks-up-before-it-parses',
    'An attach looks for its server before it parses the body.',
    operationsOf.attach,
    lookUp,
  ),
  upFront(
    'update-looks-up-before-it-parses',
    'An update or a swap looks for its server before it parses the body.',
    put,
    lookUp,
  ),
];

const ordered: readonly Fault[] = [
  order('server-before-query', 'A list looks for its server before it validates the query.', ({ list }) => ({
    list: earlier(list, 'server', 'list-query'),
  })),
  order('role-before-query', 'A list checks the role before it validates the query.', ({ list }) => ({
    list: earlier(list, 'list-policy', 'list-query'),
  })),
  order('attach-server-before-body', 'An attach looks for its server before it validates the body.', ({ attach }) => ({
    attach: earlier(attach, 'server', 'body'),
  })),
  order('update-server-before-body', 'A PUT looks for its server before it validates the body.', ({ update }) => ({
    update: earlier(update, 'server', 'body'),
  })),
  order('attach-role-before-body', 'An attach checks the role before it validates the body.', ({ attach }) => ({
    attach: earlier(attach, 'policy', 'body'),
  })),
  order('update-role-before-body', 'An update checks the role before it validates the body.', ({ update }) => ({
    update: earlier(update, 'policy', 'body'),
  })),
  order('attach-role-before-server', 'An attach checks the role before it looks for the server.', ({ attach }) => ({
    attach: earlier(attach, 'policy', 'server'),
  })),
  order('update-role-before-server', 'An update checks the role before it looks for the server.', ({ update }) => ({
    update: earlier(update, 'policy', 'server'),
  })),
  order('detach-role-before-server', 'A detach checks the role before it looks for the server.', ({ detach }) => ({
    detach: earlier(detach, 'policy', 'server'),
  })),
  order('attach-volume-before-role', 'An attach looks for the volume before it checks the role.', ({ attach }) => ({
    attach: earlier(attach, 'volume', 'policy'),
  })),
  order('update-volume-before-role', 'An update looks for the volume before it checks the role.', ({ update }) => ({
    update: earlier(update, 'mapped', 'policy'),
  })),
  order('detach-volume-before-role', 'A detach looks for the volume before it checks the role.', ({ detach }) => ({
    detach: earlier(detach, 'volume', 'policy'),
  })),
  order('lock-before-attachment', 'A detach checks the lock before it looks for the volume.', ({ detach }) => ({
    detach: earlier(detach, 'lock', 'volume'),
  })),
];

export const orderFaults: readonly Fault[] = [...early, ...ordered];

function order(name: string, summary: string, change: (order: Order) => Partial<Order>): Fault {
  return attachments(name, summary, (rules) => ({ order: { ...rules.order, ...change(rules.order) } }));
}

/** A check that runs before all others; `check` throws a Refusal. */
function upFront(
  name: string,
  summary: string,
  operations: readonly string[],
  check: (request: SimRequest, cloud: Cloud) => void,
): Fault {
  return {
    id: `compute:${name}`,
    summary,
    kind: 'tamper',
    operations,
    tamper: (next) => (request, cloud) => {
      try {
        check(request, cloud);
      } catch (error) {
        if (error instanceof Refusal) return computeError(error.status, error.message);
        throw error;
      }
      return next(request, cloud);
    },
  };
}

function lookUp(request: SimRequest, cloud: Cloud): void {
  const caller = callerOf(cloud, request.headers['x-auth-token']);
  const { params } = request;
  const isMissing = caller !== undefined && isServed(request, cloud) && !visibleServer({ cloud, caller, params });
  if (isMissing) throw serverNotFound({ params });
}

function parse({ body }: SimRequest): void {
  try {
    JSON.parse(body ?? '');
  } catch {
    throw badRequest('Malformed request body');
  }
}

function isKnown({ headers }: SimRequest, cloud: Cloud): boolean {
  return callerOf(cloud, headers['x-auth-token']) !== undefined;
}

/** Whether the caller is known and the requested microversion is served. */
function isServed(request: SimRequest, cloud: Cloud): boolean {
  if (!isKnown(request, cloud)) return false;
  try {
    negotiate(request, cloud.behaviour.compute);
    return true;
  } catch {
    return false;
  }
}

/**
 * Declares server actions: the endpoints of one call, told apart by the only member of the body.
 */

import type { Check } from '../../kernel/checks.ts';
import { type Declaration, type Endpoint, single, type States, unreadQuery } from '../../kernel/endpoint.ts';
import { onlyMember } from '../../kernel/run-endpoint.ts';
import type { Shape } from '../../kernel/shape.ts';
import type { ComputeCall } from '../call.ts';
import {
  hostless,
  locked,
  type Of,
  type OnServer,
  projectOfServer,
  server,
  unknownServer,
  wrongState,
} from '../on-server.ts';
import { computeEndpoint } from '../compute-endpoint.ts';
import type { Server, TaskState } from '../state.ts';
import { delaysOf, transit, type Transition } from './transition.ts';

type Whole<Item> = Declaration<ComputeCall, OnServer, Item>;

export interface ServerAction<Item>
  extends
    Pick<Whole<Item>, 'range' | 'gates' | 'response' | 'unobservable' | 'effect' | 'delays' | 'later'>,
    Partial<Pick<Whole<Item>, 'success'>> {
  /** The member of the body. */
  readonly key: string;
  /** The shape of its value; anything when missing. */
  readonly argument?: Shape;
  /** The name of the policy without the service's prefix. */
  readonly policy: string;
  /** As the messages of refusals name the action. */
  readonly method: string;
  readonly states?: States<ComputeCall>;
  /** The tasks during which it is permitted; none when missing. */
  readonly tasks?: readonly (TaskState | null)[] | 'any';
  /** Checks before those that all actions have. */
  readonly before?: readonly string[];
  /** After them. */
  readonly checks: readonly string[];
  readonly refusals?: Readonly<Record<string, Check<Of<OnServer>>>>;
  /** What follows an accepted request, instead of another effect. */
  readonly transition?: Transition<Item>;
  /** The server itself when missing. */
  readonly result?: (subject: Of<OnServer>) => Item | undefined;
}

/** The checks that every action begins with. */
const first = ['query', 'body', 'server', 'role'];

export function serverAction<Item = Server>(operation: `compute/${string}`, action: ServerAction<Item>): Endpoint {
  const { key, argument = {}, policy, method, tasks, before = [], checks, refusals, transition, ...more } = action;
  const { result, success } = action;
  return computeEndpoint<OnServer, Item>(operation, {
    method: 'POST',
    path: '/servers/:server_id/action',
    choice: { named: (body) => isKey(onlyMember(body), key), meant: ({ body }) => onlyMember(body) === key },
    query: unreadQuery,
    body: single(key, argument),
    policy: { rule: policy, project: projectOfServer },
    lookups: { server },
    checks: [...before, ...first, ...checks],
    refusals: { server: unknownServer, lock: locked, host: hostless, state: wrongState(method, tasks), ...refusals },
    ...more,
    result: result ?? (({ found }) => found.server as Item | undefined),
    ...(transition && { effect: transit(transition), delays: delaysOf(transition) }),
    success: success ?? [{ status: 202, content: 'none' }],
  });
}

/** Undefined where the body names no action. */
function isKey(found: string | undefined, key: string): boolean | undefined {
  return found === undefined ? undefined : found === key;
}

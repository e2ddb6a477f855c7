/**
 * What happens to a server after an accepted action: an entry in its action log, tasks one after the other, and the
 * state that it reaches.
 */

import { finishEvent, startAction, startEvent } from '../action-log.ts';
import type { ComputeCall } from '../call.ts';
import type { Of, OnServer } from '../on-server.ts';
import type { Server, TaskState, VmState } from '../state.ts';
import type { EndpointRules } from '../../kernel/endpoint.ts';
import type { JsonObject } from '../../kernel/http.ts';

export interface Acting {
  readonly call: ComputeCall;
  readonly server: Server;
  /** The content of the action's member of the body. */
  readonly wanted: JsonObject;
  readonly rules: EndpointRules;
}

export interface Transition<Item> {
  /** Its name in the action log. */
  readonly log: string;
  /** The name of its event on the host in the action log. */
  readonly event: string;
  /** None for an action that completes at once. */
  readonly tasks: readonly TaskState[];
  /** Those of the tasks that a request has; all when missing. */
  readonly chosen?: (acting: Acting) => readonly TaskState[];
  /** Runs when the request is accepted. */
  readonly begin?: (acting: Acting, item: Item) => void;
  /** Runs after the last task, when the task state has been cleared. */
  readonly finish: (acting: Acting, item: Item) => void;
}

export type Finish = (acting: Acting) => void;

/** The power state numbers of a hypervisor. */
export const power = { none: 0, running: 1, paused: 3, off: 4, suspended: 7 } as const;

export function become(vmState: VmState, powerState: number): Finish {
  return ({ server }) => {
    server.vmState = vmState;
    server.powerState = powerState;
  };
}

/** An action of one task whose event on the host has the usual name. */
export function task<Item>(log: string, during: TaskState, finish: Transition<Item>['finish']): Transition<Item> {
  const event = `compute_${log.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_instance`;
  return { log, event, tasks: [during], finish };
}

/** An action that completes with its response. */
export function atOnce<Item>(log: string, finish: Transition<Item>['finish']): Transition<Item> {
  return { log, event: `api_${log}`, tasks: [], finish };
}

export function delaysOf({ tasks }: Transition<never>): Readonly<Record<string, number>> {
  return Object.fromEntries(tasks.map((each) => [each, 1]));
}

export function transit<Item>(transition: Transition<Item>): (subject: Of<OnServer>, item: Item) => void {
  return ({ call, rules, wanted, found: { server } }, item) => {
    if (!server) return;
    const { cloud } = call;
    const { delays = {} } = rules;
    const acting = { call, server, wanted, rules };
    const action = startAction(call, server, transition.log);
    const event = startEvent(action, transition.event, server, cloud.now());
    const complete = (): void => {
      transition.finish(acting, item);
      finishEvent(action, event, 'Success', cloud.now());
    };
    const fail = (): void => finishEvent(action, event, 'Error', cloud.now());
    transition.begin?.(acting, item);
    server.updatedAt = cloud.now();
    const tasks = transition.chosen?.(acting) ?? transition.tasks;
    if (tasks.length === 0) complete();
    else runTasks(acting, tasks, delays, complete, fail);
  };
}

function runTasks(
  acting: Acting,
  [now, ...rest]: readonly TaskState[],
  delays: Readonly<Record<string, number>>,
  complete: () => void,
  fail: () => void,
): void {
  const { call, server } = acting;
  const { cloud } = call;
  server.updatedAt = cloud.now();
  server.taskState = now ?? null;
  if (now === undefined) {
    complete();
    return;
  }
  cloud.schedule.after(delays[now] ?? 0, () => {
    // Deleted or reset in the meantime: the other request wins.
    const overtaken = server.taskState !== now || cloud.compute.servers.get(server.id) !== server;
    if (overtaken) fail();
    else runTasks(acting, rest, delays, complete, fail);
  });
}

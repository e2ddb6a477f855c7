/**
 * The action log of each server.
 */

import type { ComputeCall } from './call.ts';
import type { Action, ActionEvent, Server } from './state.ts';

export function startAction(call: ComputeCall, server: Server, name: string): Action {
  const { cloud, caller, requestId } = call;
  const action: Action = {
    action: name,
    requestId,
    userId: caller.userId,
    projectId: caller.projectId ?? server.projectId,
    startTime: cloud.now(),
    updatedAt: null,
    message: null,
    events: [],
  };
  server.actions.push(action);
  return action;
}

export function startEvent(action: Action, event: string, server: Server, now: Date): ActionEvent {
  const started: ActionEvent = { event, startTime: now, finishTime: null, result: null, host: server.host };
  action.events.push(started);
  return started;
}

export function finishEvent(action: Action, event: ActionEvent, result: 'Success' | 'Error', now: Date): void {
  event.finishTime = now;
  event.result = result;
  action.updatedAt = now;
  if (result === 'Error') action.message = 'Error';
}

/** Logs an action that completes at once. */
export function logInstant(call: ComputeCall, server: Server, name: string, event: string): void {
  const action = startAction(call, server, name);
  finishEvent(action, startEvent(action, event, server, call.cloud.now()), 'Success', call.cloud.now());
}

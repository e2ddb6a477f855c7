/**
 * Runs a server action: from the only key of the body to the end of the last phase.
 */

import { bodiless, isObject, type Json, type SimResponse } from '../../kernel/http.ts';
import { badRequest, conflict } from '../../kernel/refusal.ts';
import { finishEvent, startAction, startEvent } from '../action-log.ts';
import type { ComputeCall } from '../call.ts';
import { lockRefusal, permittedServer, stateRefusal } from '../lookup.ts';
import type { Action, ActionEvent } from '../state.ts';
import { checkedBody } from '../validate.ts';
import type { ActionRule, ActionSubject, Phase } from './action-rule.ts';

export function runAction(call: ComputeCall): SimResponse {
  const name = actionName(call.body);
  const rule = call.cloud.behaviour.compute.servers.actions[name];
  if (!rule) throw badRequest(`There is no such action: ${name}`);
  checkedBody(call, {
    types: ['object'],
    properties: { [name]: rule.argument },
    required: [name],
    closed: true,
  });
  const server = permittedServer(call, rule.policy);
  const subject: ActionSubject = { call, server, argument: isObject(call.body) ? call.body[name] : undefined };
  const refusal =
    (rule.checksLock ? lockRefusal(call, server) : undefined) ??
    (rule.needsHost === true && server.host === null ? conflict(`Instance ${server.id} is not ready`) : undefined) ??
    stateRefusal(server, rule.states) ??
    rule.refuse?.(subject);
  if (refusal) throw refusal;
  start(subject, rule);
  return rule.answer?.(subject) ?? bodiless(202);
}

function actionName(body: Json | undefined): string {
  const [name, ...others] = isObject(body) ? Object.keys(body) : [];
  if (name === undefined || others.length > 0) throw badRequest('Malformed request body');
  return name;
}

function start(subject: ActionSubject, rule: ActionRule): void {
  const { call, server } = subject;
  const action = startAction(call, server, rule.log);
  const event = startEvent(action, rule.event, server, call.cloud.now());
  runPhases(subject, rule, rule.phases, action, event);
}

function runPhases(
  subject: ActionSubject,
  rule: ActionRule,
  phases: readonly Phase[],
  action: Action,
  event: ActionEvent,
): void {
  const { call, server } = subject;
  const { cloud } = call;
  const [phase, ...rest] = phases;
  server.updatedAt = cloud.now();
  if (!phase) {
    if (rule.phases.length > 0) server.taskState = null;
    rule.finish(subject);
    finishEvent(action, event, 'Success', cloud.now());
    return;
  }
  server.taskState = phase.task;
  cloud.schedule.after(phase.steps, () => {
    // Deleted or reset in the meantime: the other request wins.
    const overtaken = server.taskState !== phase.task || cloud.compute.servers.get(server.id) !== server;
    if (overtaken) finishEvent(action, event, 'Error', cloud.now());
    else runPhases(subject, rule, rest, action, event);
  });
}

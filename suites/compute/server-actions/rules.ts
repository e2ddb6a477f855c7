/** What follows from the declaration of any server action: the state that it leads to, and its entry in the log. */
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import { expectResponse } from '../../../src/clauses/matchers.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { section } from '../../../src/clauses/written.ts';
import { expectOutcome, statusesOf } from './outcome.ts';
import type { DeclaredAction } from './action-types.ts';
import { loggedFrom, nameOf } from './server-action.ts';

const every = section('server-actions.inc', 'Every action');

/** What the server shows afterwards. */
export function reachesState(operation: DeclaredAction): readonly WrittenClause[] {
  const { id, noun, quote } = operation;
  const { leads, does, effectFault } = operation.declared;
  if (typeof leads !== 'object') return [];
  const { vmState, powerStates = [] } = leads;
  const power = powerStates.length > 0 ? ` and the power state ${powerStates.join(' or ')}` : '';
  return [
    {
      id: `${id}#leads-to-its-state`,
      statement: `${noun} MUST lead to a server with the status ${statusesOf(leads).join(' or ')}, the state ${vmState}${power}, and no task.`,
      quotes: [quote(does)],
      ...needsCaller(operation),
      killedBy: [effectFault ?? `${id}:skip-effect`],
      check: judgeAccepted(operation, {}, ({ shown }) =>
        expectResponse(shown, 200, (seen) => expectOutcome(seen, leads)),
      ),
    },
  ];
}

/** An action that leads to no other state leaves the server in its own. */
export function keepsState(operation: DeclaredAction): readonly WrittenClause[] {
  const { id, noun, quote } = operation;
  const { leads, does, from } = operation.declared;
  if (leads !== undefined || from !== 'active') return [];
  return [
    {
      id: `${id}#keeps-the-state`,
      statement: `${noun} MUST leave an active server with the status ACTIVE, the state active and no task.`,
      quotes: [quote(does)],
      ...needsCaller(operation),
      cases: 'once',
      killedBy: [`compute:${nameOf(id)}-ends-in-error`],
      check: judgeAccepted(operation, {}, ({ shown }) =>
        expectResponse(shown, 200, (seen) => expectOutcome(seen, { status: 'ACTIVE', vmState: 'active' })),
      ),
    },
  ];
}

/** Its entry among the actions of the server. */
export function isLogged(operation: DeclaredAction): readonly WrittenClause[] {
  const { id, noun } = operation;
  const { key, log = key, leads } = operation.declared;
  if (log === false || leads === 'deleted') return [];
  return [
    {
      id: `${id}#is-among-the-actions-of-the-server`,
      statement: `${noun} MUST be among the actions of its server as ${log}, under its request id, with events that succeed.`,
      quotes: [every('An accepted action is among the actions of its server, under its request id and with its name.')],
      range: loggedFrom,
      ...needsCaller(operation),
      cases: 'once',
      killedBy: [`${id}:skip-effect`],
      check: judgeAccepted(operation, {}, ({ logged }) => logged),
    },
  ];
}

function needsCaller({ caller, preparers = [] }: DeclaredAction): Pick<WrittenClause, 'identities'> {
  return { identities: [...(caller === 'member' ? [] : [caller]), ...preparers.filter((one) => one !== caller)] };
}

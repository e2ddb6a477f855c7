/** Clauses on the action log of a server: it contains accepted attaches and detaches by their request ids. */
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { eventsShown } from '../observe-actions.ts';
import { goodBehaviour } from '../rules/sections.ts';
import { attachVolume, detachVolume } from './operations.ts';

const quotes = [
  goodBehaviour(
    'An accepted attach or detach is among the actions of its server, under its request id, with events that succeed.',
  ),
] as const;

const shown = { range: `${eventsShown}-`, cases: 'once', quotes } as const;

export const actionLogClauses: readonly WrittenClause[] = [
  {
    ...shown,
    id: 'compute/attach-volume#is-among-the-actions-of-the-server',
    statement: 'An accepted attach SHOULD be among the actions of its server, with events that succeed.',
    killedBy: ['compute:attach-leaves-no-action', 'compute:attach-leaves-no-event'],
    check: judgeAccepted(attachVolume, {}, ({ logged }) => logged),
  },
  {
    ...shown,
    id: 'compute/detach-volume#is-among-the-actions-of-the-server',
    statement: 'An accepted detach SHOULD be among the actions of its server, with events that succeed.',
    killedBy: ['compute:detach-leaves-no-action', 'compute:detach-leaves-no-event'],
    check: judgeAccepted(detachVolume, {}, ({ logged }) => logged),
  },
];

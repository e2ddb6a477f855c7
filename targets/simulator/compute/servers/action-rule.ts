/**
 * The shape of one entry in the table of server actions.
 */

import type { Check } from '../../checks.ts';
import type { Json, SimResponse } from '../../http.ts';
import type { Shape } from '../../shape.ts';
import type { ComputeCall } from '../call.ts';
import type { StateRule } from '../lookup.ts';
import type { Server, TaskState } from '../state.ts';

export interface ActionSubject {
  readonly call: ComputeCall;
  readonly server: Server;
  /** The value of the action's key in the body. */
  readonly argument: Json | undefined;
}

export interface Phase {
  readonly task: TaskState;
  readonly steps: number;
}

export interface ActionRule {
  /** The policy's name without its common prefix. */
  readonly policy: string;
  readonly states: StateRule;
  /** Whether a lock stops it. */
  readonly heedsLock: boolean;
  /** Whether it is refused, before its state is looked at, for a server that is on no host. */
  readonly needsHost?: boolean;
  readonly argument: Shape;
  /** Reasons beyond lock and state, looked at after them. */
  readonly refuse?: Check<ActionSubject>;
  /** As the log of actions names it. */
  readonly log: string;
  /** What happens on the host, as the log names it. */
  readonly event: string;
  /** None for an action that is over at once. */
  readonly phases: readonly Phase[];
  /** Done when the last phase is over; the task state is cleared before. */
  readonly finish: (subject: ActionSubject) => void;
  /** 202 without a body when left out. */
  readonly answer?: (subject: ActionSubject) => SimResponse;
}

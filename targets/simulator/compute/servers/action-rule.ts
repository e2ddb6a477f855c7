/**
 * The shape of one entry in the table of server actions.
 */

import type { Check } from '../../kernel/checks.ts';
import type { Json, SimResponse } from '../../kernel/http.ts';
import type { Shape } from '../../kernel/shape.ts';
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
  /** Whether a locked server refuses it. */
  readonly checksLock: boolean;
  /** Whether it is refused, before the state is checked, for a server without a host. */
  readonly needsHost?: boolean;
  readonly argument: Shape;
  /** A further check after those of lock and state. */
  readonly refuse?: Check<ActionSubject>;
  /** Its name in the action log. */
  readonly log: string;
  /** The name of its event on the host in the action log. */
  readonly event: string;
  /** Empty for an action that completes at once. */
  readonly phases: readonly Phase[];
  /** Runs after the last phase, when the task state has been cleared. */
  readonly finish: (subject: ActionSubject) => void;
  /** 202 without a body when missing. */
  readonly answer?: (subject: ActionSubject) => SimResponse;
}

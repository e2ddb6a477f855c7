/** What a server shows after an action. */
import { bodyOf, expectValue, type Checked } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import { atPointer } from '../../../src/json.ts';
import { serverStatus } from '../resource-types/show-server.ts';

/** What a server shows once an action has completed. */
export interface Outcome {
  readonly status: string;
  /** Another status with which the action is complete. */
  readonly or?: string;
  readonly vmState: string;
  /** Those of different hypervisors. */
  readonly powerStates?: readonly number[];
}

export function statusesOf({ status, or }: Outcome): readonly string[] {
  return or === undefined ? [status] : [status, or];
}

/** Whether the server shows what an action leads to. */
export function expectOutcome(seen: Checked, { status, or, vmState, powerStates = [] }: Outcome): readonly Finding[] {
  const power = atPointer(bodyOf(seen), '/server/OS-EXT-STS:power_state');
  const [first] = powerStates;
  return [
    ...(or !== undefined && serverStatus(seen) === or
      ? []
      : [...expectValue(seen, '/server/status', status), ...expectValue(seen, '/server/OS-EXT-STS:vm_state', vmState)]),
    ...expectValue(seen, '/server/OS-EXT-STS:task_state', null),
    ...(first === undefined || powerStates.some((one) => one === power)
      ? []
      : expectValue(seen, '/server/OS-EXT-STS:power_state', first)),
  ];
}

/** A seeded fault: one deliberate deviation of the simulator. */
import type { Behaviour } from '../behaviour.ts';
import type { Tamper } from '../handler.ts';

export type FaultId = `${string}:${string}`;
export type Fault = {
  readonly id: FaultId;
  /** One sentence that describes the wrong behaviour. */
  readonly summary: string;
  /** Present if no client can observe the fault: the reason. */
  readonly equivalent?: string;
  /** Present if an operator generated it; a mutation test tries it only for clauses that name it. */
  readonly generated?: true;
} & (
  | { readonly kind: 'behaviour'; readonly change: (behaviour: Behaviour) => Behaviour }
  | {
      readonly kind: 'tamper';
      /** The operations that it affects, such as `compute/attach-volume`; all requests when missing. */
      readonly operations?: readonly string[];
      readonly tamper: Tamper;
    }
);

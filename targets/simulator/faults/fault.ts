/** One deliberate deviation of the simulator. */
import type { Behaviour } from '../behaviour.ts';
import type { Tamper } from '../dispatch.ts';

export type FaultId = `${string}:${string}`;
export type Fault = {
  readonly id: FaultId;
  /** A sentence: what goes wrong. */
  readonly summary: string;
  /** Why no client can tell, where none can. */
  readonly equivalent?: string;
} & (
  | { readonly kind: 'behaviour'; readonly change: (behaviour: Behaviour) => Behaviour }
  | {
      readonly kind: 'tamper';
      /** The operations that it tampers with, such as `compute/attach-volume`; all requests when missing. */
      readonly operations?: readonly string[];
      readonly tamper: Tamper;
    }
);

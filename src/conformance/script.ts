/**
 * What a check was given, kept with its exchanges: with both, the case can be judged again where there is no target.
 *
 * A check acts on nothing but its stage. What the stage hands it besides exchanges are props (things made or borrowed
 * beforehand, and identifiers drawn by lot), waits, and acts that it shares with other cases.
 */
import type { Json } from '../json.ts';

export interface Script {
  /** Ids of the exchanges that are its own, in the order in which they came back. */
  readonly exchanges: readonly string[];
  /** In the order in which they were asked for. */
  readonly props: readonly Prop[];
  /** In the order in which they began. */
  readonly waits: readonly WaitNote[];
  /** Acts that other cases may share, by key. */
  readonly shared: Readonly<Record<string, Script>>;
}

/** A value, or why there was none. */
export type Prop =
  | { readonly is: 'given'; readonly value: Json }
  | { readonly is: 'unreached'; readonly root: string; readonly message: string }
  | { readonly is: 'not-bound'; readonly message: string }
  | { readonly is: 'error'; readonly name: string; readonly message: string };

export interface WaitNote {
  /** How often it was looked. */
  readonly looks: number;
  readonly waitedMs: number;
}

export const emptyScript: Script = { exchanges: [], props: [], waits: [], shared: {} };

/** All time budgets of the harness, in one place. Milliseconds. */
const usual = {
  /** A whole case, from its first preparation to its verdict. */
  case: 600_000,
  /** A server from its creation to ACTIVE, or through an action to the state asked for. */
  server: 300_000,
  /** A volume to `available`. */
  volume: 120_000,
  /** An attach or a detach, until the volume service says that it is done. */
  attachment: 120_000,
  /** After its server is gone, until a volume is free by itself. */
  release: 5_000,
  /** Removal of one thing at the end. */
  removal: 180_000,
  /** Removal of everything at the end. */
  cleanUp: 540_000,
  /** The same where the target cannot be reached any more: it may come back. */
  lastTry: 60_000,
  /** From the intent of a creation whose reply never came, until what came of it shows in a list. */
  arrival: 20_000,
  poll: { first: 20, growth: 1.4, most: 1_000 },
} as const;

type Budgets = Readonly<Record<Exclude<keyof typeof usual, 'poll'>, number>> & {
  readonly poll: { readonly first: number; readonly growth: number; readonly most: number };
};

export let budgets: Budgets = usual;

/** For targets that are slower, or faster, than most. */
export function stretch(patience: number): void {
  const stretched = Object.entries(usual).map(([name, budget]) => [
    name,
    typeof budget === 'number' ? budget * patience : budget,
  ]);
  budgets = Object.fromEntries(stretched) as Budgets;
}

/** For targets that take no time: every budget of a transition, and how soon to look again. */
export function hasten({ transitionMs, caseMs }: { readonly transitionMs: number; readonly caseMs: number }): void {
  const { growth } = usual.poll;
  budgets = {
    case: caseMs,
    server: transitionMs,
    volume: transitionMs,
    attachment: transitionMs,
    release: transitionMs,
    removal: transitionMs,
    cleanUp: 20 * transitionMs,
    lastTry: transitionMs,
    arrival: transitionMs,
    poll: { first: 2, growth, most: 50 },
  };
}

export interface Budget {
  readonly ms: number;
}

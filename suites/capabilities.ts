/** Optional behaviour that clauses may need of a target, and how a run comes to know whether it is there. */

export interface KnownCapability {
  readonly id: string;
  /** For people: what the target can do. */
  readonly words: string;
  /** What an operator does so that a run finds it. */
  readonly mend: string;
}

export const knownCapabilities: readonly KnownCapability[] = [
  {
    id: 'whole-api',
    words: 'has the operations of the Compute API besides those on volume attachments',
    mend: 'Leave out --capability whole-api=no.',
  },
  {
    id: 'multiattach',
    words: 'attaches a volume to several servers at once',
    mend: 'Make a volume type with the extra spec multiattach="<is> True" that the member can see, or name it by --multiattach-type.',
  },
  {
    id: 'resize',
    words: 'resizes a server',
    mend: 'Make a second flavor that fits the image and has no smaller disk, or name it by --resize-flavor.',
  },
  {
    id: 'service-sees-migrations',
    words: "shows the service role volumes of the member's project and their migrations",
    mend: 'Where the policy of the volume service lets the service role see them, say so by --capability service-sees-migrations.',
  },
];

/** The keys of the fixtures of a run, with the option that gives each. */
export const fixtureOptions = {
  flavor: '--flavor',
  other_flavor: '--resize-flavor',
  image: '--image',
  network: '--network',
  volume_type: '--volume-type',
  multiattach_type: '--multiattach-type',
} as const;

export type FixtureKind = keyof typeof fixtureOptions;

export const fixtureKinds = Object.keys(fixtureOptions) as readonly FixtureKind[];

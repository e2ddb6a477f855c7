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
    id: 'rescue',
    words: 'boots servers from an image, so that they can be rescued',
    mend: 'Make a flavor with a disk on which the image fits, that the member can see, or name it by --flavor.',
  },
  {
    id: 'service-sees-migrations',
    words: "shows the service role volumes of the member's project and their migrations",
    mend: 'Where the policy of the volume service lets the service role see them, say so by --capability service-sees-migrations.',
  },
];

/** The keys of the fixtures of a run that an operator gives, with the option for each. */
export const fixtureOptions = {
  flavor: '--flavor',
  other_flavor: '--resize-flavor',
  image: '--image',
  network: '--network',
  volume_type: '--volume-type',
  multiattach_type: '--multiattach-type',
  volume_size: '--volume-size',
  availability_zone: '--availability-zone',
} as const;

export type GivenKind = keyof typeof fixtureOptions;

export const givenKinds = Object.keys(fixtureOptions) as readonly GivenKind[];

/**
 * The fixtures that are no things of the target: GB of a volume, and of one with the image on it; zones; and whether
 * servers boot from volumes.
 */
export const settingKinds = [
  'volume_size',
  'image_volume_size',
  'boot_from',
  'availability_zone',
  'volume_zone',
] as const;

export type FixtureKind = GivenKind | (typeof settingKinds)[number];

export const fixtureKinds: readonly FixtureKind[] = [...new Set<FixtureKind>([...givenKinds, ...settingKinds])];

/** Why servers boot from volumes, as the one value of the fixture `boot_from`. */
export const fromVolume = 'volume';

/** Optional behaviour of a target that clauses may need, and the fixtures that an operator can name. */
import type { KnownCapability } from '../src/clauses/service-definition.ts';

/** Of the compute service. */
export const computeCapabilities: readonly KnownCapability[] = [
  {
    id: 'whole-api',
    words: 'has the operations of the Compute API other than those on volume attachments',
    remedy: 'Remove --capability whole-api=no.',
  },
  {
    id: 'multiattach',
    words: 'attaches a volume to several servers at once',
    remedy:
      'Create a volume type with the extra spec multiattach="<is> True" that the member can see, or pass --multiattach-type.',
    requires: { fixture: 'multiattach_type', option: '--multiattach-type' },
  },
  {
    id: 'resize',
    words: 'resizes a server',
    remedy:
      'Create a second flavor that fits the image and whose disk is at least as large as that of the first, or pass --resize-flavor.',
    requires: { fixture: 'other_flavor', option: '--resize-flavor' },
  },
  {
    id: 'rescue',
    words: 'boots servers from an image, which a rescue and an image of a server require',
    remedy: 'Create a flavor that the member can see and whose disk is large enough for the image, or pass --flavor.',
  },
  {
    id: 'networks',
    words: 'has a network with a subnet, from which servers get ports',
    remedy: 'Create a network with a subnet in the project of the member, or pass --network.',
    requires: { fixture: 'port_network', option: '--network' },
  },
  {
    id: 'floating-addresses',
    words:
      'has an external network that a router connects with the network of servers, so that these get floating addresses',
    remedy: 'Create an external network, and a router of the project of the member that connects its network with it.',
    requires: { fixture: 'external_network', option: '--network' },
  },
  {
    id: 'exclusive',
    words: 'is used by nobody else, so that a compute host may count as down for some seconds',
    remedy: 'If nobody else uses the cloud, pass --capability exclusive, or write exclusive: yes in its profile.',
    isAlone: true,
  },
  {
    id: 'service-sees-migrations',
    words: "shows the service role volumes of the member's project and their migrations",
    remedy:
      'If the policy of the block storage service lets the service role see them, pass --capability service-sees-migrations.',
  },
];

/** The fixtures that an operator can name, with the option for each. */
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

export type TargetFixtureKind = keyof typeof fixtureOptions;

export const targetFixtureKinds = Object.keys(fixtureOptions) as readonly TargetFixtureKind[];

/**
 * Fixtures that are values and not resources of the target: the size of a volume in GB, and of one that contains the
 * image; zones; and whether servers boot from volumes.
 */
export const settingKinds = [
  'volume_size',
  'image_volume_size',
  'boot_from',
  'availability_zone',
  'volume_zone',
] as const;

/** The network of servers that need a port: that of `--network`, or one of the project. */
const portNetwork = 'port_network';

/** The network that has floating addresses for servers with a port. */
const externalNetwork = 'external_network';

export type FixtureKind =
  TargetFixtureKind | (typeof settingKinds)[number] | typeof portNetwork | typeof externalNetwork;

export const fixtureKinds: readonly FixtureKind[] = [
  ...new Set<FixtureKind>([...targetFixtureKinds, ...settingKinds, portNetwork, externalNetwork]),
];

/** The only value of the fixture `boot_from`: servers boot from volumes. */
export const fromVolume = 'volume';

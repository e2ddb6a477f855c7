/**
 * Legitimate differences between clouds, as data: traits that the simulator can have.
 */

export interface Offer {
  /** Paths without a region prefix belong to the first. */
  readonly regions: readonly string[];
  /** Disk of every flavor in GB; with 0, members boot from volumes only. */
  readonly flavorDisk: number;
  /** Minimum disk of the image in GB. */
  readonly imageDisk: number;
  /** Size of the smallest volume in GB. */
  readonly leastVolume: number;
  /** The first of each is the default of servers and volumes. */
  readonly zones: { readonly compute: readonly string[]; readonly volumes: readonly string[] };
  /** Whether a volume can be attached only to a server of its own zone. */
  readonly zonesMustAgree: boolean;
  /** Whether the compute endpoint in the catalogue contains the project. */
  readonly projectInCompute: boolean;
}

export const usualOffer: Offer = {
  regions: ['RegionOne'],
  flavorDisk: 1,
  imageDisk: 0,
  leastVolume: 1,
  zones: { compute: ['nova'], volumes: ['nova'] },
  zonesMustAgree: false,
  projectInCompute: false,
};

export const traits = {
  'two-regions': {
    summary: 'Two regions with separate servers and volumes; the catalogue lists them in varying order.',
    changes: { regions: ['RegionOne', 'RegionTwo'] },
  },
  'no-flavor-disk': {
    summary: 'No flavor has a disk, and members boot from volumes only.',
    changes: { flavorDisk: 0 },
  },
  'large-image': {
    summary: 'The only image needs a disk of 3 GB, and every flavor has 20 GB.',
    changes: { imageDisk: 3, flavorDisk: 20 },
  },
  'large-volumes': { summary: 'No volume is smaller than 10 GB.', changes: { leastVolume: 10 } },
  'zones-must-agree': {
    summary: 'Volumes attach only to servers of their zone, and servers and volumes have different default zones.',
    changes: { zones: { compute: ['east', 'west'], volumes: ['west', 'east'] }, zonesMustAgree: true },
  },
  'project-in-compute': {
    summary: 'The compute endpoint in the catalogue ends with the project.',
    changes: { projectInCompute: true },
  },
} as const satisfies Readonly<Record<string, { readonly summary: string; readonly changes: Partial<Offer> }>>;

export type TraitId = keyof typeof traits;

/** @throws RangeError for an unknown trait. */
export function offerOf(ids: readonly string[]): Offer {
  return ids.reduce<Offer>((offer, id) => {
    if (!isTrait(id))
      throw new RangeError(`"${id}" is not a trait of the simulator. Choose from: ${Object.keys(traits).join(', ')}.`);
    return { ...offer, ...traits[id].changes };
  }, usualOffer);
}

export function isTrait(id: string): id is TraitId {
  return Object.hasOwn(traits, id);
}

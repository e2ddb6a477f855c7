/**
 * What ordinary clouds have in different ways: switches of the simulator, as data.
 */

export interface Offer {
  /** The first is where paths have no region in front. */
  readonly regions: readonly string[];
  /** Of every flavor, GB; without any, members boot from volumes only. */
  readonly flavorDisk: number;
  /** What the image needs of a disk, GB. */
  readonly imageDisk: number;
  /** The smallest volume, GB. */
  readonly leastVolume: number;
  /** Where servers and volumes go when nobody says is the first of each. */
  readonly zones: { readonly compute: readonly string[]; readonly volumes: readonly string[] };
  /** Whether a server takes volumes of its own zone only. */
  readonly zonesMustAgree: boolean;
  /** Whether the catalogue has the project in the endpoint of servers. */
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
    summary: 'Two regions with servers and volumes of their own; the catalogue names them in no common order.',
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
    summary: 'A server takes volumes of its own zone only, and servers and volumes go to different zones by default.',
    changes: { zones: { compute: ['east', 'west'], volumes: ['west', 'east'] }, zonesMustAgree: true },
  },
  'project-in-compute': {
    summary: 'The endpoint of servers ends with the project.',
    changes: { projectInCompute: true },
  },
} as const satisfies Readonly<Record<string, { readonly summary: string; readonly changes: Partial<Offer> }>>;

export type TraitId = keyof typeof traits;

/** @throws RangeError for an id that is no trait */
export function offerOf(ids: readonly string[]): Offer {
  return ids.reduce<Offer>((offer, id) => {
    if (!isTrait(id)) throw new RangeError(`${id} is no trait of the simulator`);
    return { ...offer, ...traits[id].changes };
  }, usualOffer);
}

export function isTrait(id: string): id is TraitId {
  return Object.hasOwn(traits, id);
}

/** The service types of a run, and the names under which catalogues list them. */

/** The official name first. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  'block-storage': ['block-storage', 'volumev3', 'block-store', 'volume', 'volumev2'],
  compute: ['compute', 'computev21', 'compute_legacy'],
  identity: ['identity'],
  image: ['image'],
  network: ['network'],
  'shared-file-system': ['shared-file-system', 'sharev2', 'share'],
};

/** Services that a run uses and finds in the catalogue; the URL of Keystone is that of the sign-in. */
export const runServices = ['compute', 'block-storage', 'image', 'network'] as const;

export function namesOf(type: string): readonly string[] {
  return aliases[type] ?? [type];
}

/** The field that overrides an endpoint in clouds.yaml. */
export function overrideField(type: string): string {
  return `${type.replaceAll('-', '_')}_endpoint_override`;
}

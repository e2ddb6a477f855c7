/**
 * Returns a cloud to the resources that it had when it was new. Identities, tokens, flavors, types and networks stay.
 */

import type { Cloud } from './cloud.ts';
import { floatingIps } from './compute/floating-ips/floating-ips.ts';
import { migrations } from './compute/migrations/migrations.ts';
import { ports, securityGroups } from './compute/networks/networks.ts';
import { consoles } from './compute/remote-consoles/consoles.ts';
import { serverGroups } from './compute/server-groups/groups.ts';

/** `images`: the ids of those that a new cloud has. */
export function reset({ compute, blockStorage, image }: Cloud, images: ReadonlySet<string>): void {
  for (const store of [floatingIps, migrations, ports, securityGroups, consoles, serverGroups]) store(compute).clear();
  compute.servers.clear();
  compute.deletedServers.clear();
  compute.formerMappings.length = 0;
  blockStorage.volumes.clear();
  blockStorage.deletedVolumes.clear();
  blockStorage.attachments.clear();
  for (const id of image.images.keys()) if (!images.has(id)) image.images.delete(id);
}

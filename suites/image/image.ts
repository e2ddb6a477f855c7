/** The resource type of images: servers create them, and a run lists and deletes them. */
import type { CheckContext } from '../../src/clauses/check-context.ts';
import type { Exchange } from '../../src/client/exchange.ts';
import type { Identity } from '../../src/clauses/identity.ts';
import { poll, statusOf } from '../../src/execution/poll.ts';
import type { CleanupContext } from '../../src/execution/run-context.ts';
import { sendRequest } from '../../src/execution/send-request.ts';
import { idsByName, listAll, type ListPath } from '../../src/resources/listing.ts';
import type { ResourceKind } from '../../src/resources/resource-type.ts';

const service = 'image';
const path = '/v2/images';

const listing: ListPath = { service, path, key: 'images', pages: 'marker', owner: 'owner' };

export const image: ResourceKind = {
  type: 'image',
  ids: 'uuid',
  removalOrder: 3,
  remove: removeImage,
  find: (run, name, as) => idsByName(run, listing, name, as),
  list: (run, as) => listAll(run, listing, as),
  command: 'image delete',
};

/** Repeats the request until the service has deleted the image, or does not list it. */
async function removeImage(run: CleanupContext, id: string, as: Identity, timeoutMs: number): Promise<boolean> {
  const look = async (): Promise<boolean> => {
    const response = await sendRequest(run, {
      ...{ service, method: 'DELETE', path: `${path}/${id}`, as, purpose: 'clean-up' },
    });
    const status = statusOf(response);
    if (status !== 404) return status === 204;
    // Its errors are pages, like those of a server without such a path.
    const all = await listAll(run, listing, as);
    return all.is === 'listed' && all.things.every((one) => one.id !== id);
  };
  return (await poll(look, (isRemoved) => isRemoved, timeoutMs)).isMet;
}

/** The images of the project with a name. */
export function observeImagesNamed(ctx: CheckContext, name: string): Promise<Exchange> {
  const query = `name=${encodeURIComponent(name)}`;
  return ctx.send({ service, method: 'GET', path, query, purpose: 'observation' });
}

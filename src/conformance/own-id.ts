/**
 * Is an id that a target hands out for a new thing one that the run may use?
 *
 * It goes into paths of requests that change and remove things: one that would lead elsewhere, or that belongs to
 * something else, is never used. What was made all the same is found again by its name.
 */
import type { Exchange } from '../client/exchange.ts';
import { isJsonObject, jsonObject } from '../json.ts';
import { answered, bodyOf, unusable, type Checked } from './checked.ts';
import { Unreached } from './errors.ts';
import { isPlainId } from './id-spelling.ts';
import { sendRequest, type ServiceRequest } from './send.ts';
import type { Ground } from './world.ts';

export interface Claim {
  /** What the ledger calls its type. */
  readonly type: string;
  readonly name: string;
  readonly id: string;
  /** Under which the service describes it. */
  readonly key: string;
  /** Of the collection that it is in. */
  readonly where: Pick<ServiceRequest, 'service' | 'path' | 'as'>;
  /** Does a list have the id under the name? Asked where the thing itself cannot be shown. */
  readonly isListed?: () => Promise<boolean>;
}

/** Resolves to the thing as it was shown. @throws Unreached for an id that is not to be used */
export async function checkOwnId(world: Ground, { type, name, id, key, where, isListed }: Claim): Promise<Exchange> {
  const root = `creating a ${type}`;
  // The ledger and the URLs of the evidence have the id as it is.
  if (world.recorder.redactor.text(id) !== id) {
    throw new Unreached(root, `A ${type} was created with an id that has a secret of this run in it.`);
  }
  if (!isPlainId(id)) {
    throw new Unreached(root, `A ${type} was created with an id that cannot stand in a path: "${id.slice(0, 100)}".`);
  }
  const { service, path, as } = where;
  const seen = await sendRequest(world, {
    service,
    method: 'GET',
    path: `${path}/${id}`,
    ...(as === undefined ? {} : { as }),
    purpose: 'preparation',
  });
  // What is not there yet cannot be harmed.
  if (answered(seen, 404)) return seen;
  const shown = answered(seen, 200);
  if (!shown) {
    if (await isListed?.()) return seen;
    throw unusable(seen);
  }
  const thing = jsonObject(bodyOf(shown))[key];
  if (!isJsonObject(thing) || thing.name === undefined) throw unshown(root, shown);
  if (thing.name === name) return seen;
  throw new Unreached(root, `The id ${id} that was given to a new ${type} belongs to one of another name.`, seen);
}

function unshown(root: string, seen: Checked): Unreached {
  const { response } = seen;
  const told = `was answered with ${response.status}: ${response.body.slice(0, 300)}`;
  return new Unreached(root, `What was created does not show its name: GET ${seen.request.url} ${told}`, seen);
}

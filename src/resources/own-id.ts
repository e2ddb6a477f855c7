/**
 * Checks the id that a target returns for a created resource before the run uses it.
 *
 * The id becomes part of the path of requests that change and remove resources: one that would change the path, or that
 * belongs to another resource, is never used. The created resource is then found by its name.
 */
import type { Exchange } from '../client/exchange.ts';
import { isJsonObject, jsonObject } from '../json.ts';
import { respondedWith, bodyOf, unusable, type Checked } from '../clauses/checked.ts';
import { Unreached } from '../execution/errors.ts';
import { isPlainId } from './id-spelling.ts';
import { sendRequest, type ServiceRequest } from '../execution/send-request.ts';
import type { CleanupContext } from '../execution/run-context.ts';

export interface Claim {
  /** Its type in the ledger. */
  readonly type: string;
  readonly name: string;
  readonly id: string;
  /** The key under which the service describes it. */
  readonly key: string;
  /** The member that has its name; `name` when missing. */
  readonly named?: string | undefined;
  /** The collection that it is in. */
  readonly where: Pick<ServiceRequest, 'service' | 'path' | 'as'>;
  /** Whether a list has the id with the name; used when the resource itself cannot be shown. */
  readonly isListed?: () => Promise<boolean>;
}

/** Resolves to the exchange that shows the resource. @throws Unreached for an id that must not be used */
export async function checkOwnId(
  run: CleanupContext,
  { type, name, id, key, named = 'name', where, isListed }: Claim,
): Promise<Exchange> {
  const root = `creating a ${type}`;
  // The ledger and the URLs in the evidence contain the id unredacted.
  if (run.recorder.redactor.text(id) !== id) {
    throw new Unreached(root, `The target created a ${type} with an id that contains a secret of this run.`);
  }
  if (!isPlainId(id)) {
    throw new Unreached(
      root,
      `The target created a ${type} with an id that is not safe in a path: "${id.slice(0, 100)}".`,
    );
  }
  const { service, path, as } = where;
  const seen = await sendRequest(run, {
    service,
    method: 'GET',
    path: `${path}/${id}`,
    ...(as === undefined ? {} : { as }),
    purpose: 'preparation',
  });
  // Nothing exists under this id yet, so using it changes nothing.
  if (respondedWith(seen, 404)) return seen;
  const shown = respondedWith(seen, 200);
  if (!shown) {
    if (await isListed?.()) return seen;
    throw unusable(seen);
  }
  const thing = jsonObject(bodyOf(shown))[key];
  if (!isJsonObject(thing) || thing[named] === undefined) throw unshown(root, shown);
  if (thing[named] === name) return seen;
  throw new Unreached(
    root,
    `The target returned the id ${id} for a new ${type}, but this id belongs to a ${type} with another name.`,
    seen,
  );
}

function unshown(root: string, seen: Checked): Unreached {
  const { response } = seen;
  const seenAs = `was answered with ${response.status}: ${response.body.slice(0, 300)}`;
  return new Unreached(root, `The created resource does not show its name: GET ${seen.request.url} ${seenAs}`, seen);
}

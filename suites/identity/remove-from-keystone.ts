/** The end of a user or a project: asked for until Keystone says that it knows no such thing. */
import type { Identity } from '../../src/conformance/identity.ts';
import { poll, statusOf } from '../../src/conformance/poll.ts';
import { isAbsent } from '../../src/conformance/checked.ts';
import { sendRequest } from '../../src/conformance/send.ts';
import type { Ground } from '../../src/conformance/world.ts';

/** Resolves to true when it is gone. */
export async function removeFromKeystone(
  ground: Ground,
  path: string,
  as: Identity,
  budgetMs: number,
): Promise<boolean> {
  const { held } = await poll(
    () => sendRequest(ground, { service: 'identity', method: 'DELETE', path, as, purpose: 'clean-up' }),
    (seen) => isAbsent(seen) || (statusOf(seen) === 403 ? 'stop' : false),
    budgetMs,
  );
  return held;
}

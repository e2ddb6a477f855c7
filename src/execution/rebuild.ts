/** Builds fixtures a second time, on fresh resources, when the first attempt fails. */
import type { Rebuild } from '../records/run-facts.ts';
import { TokenLost, Unreached } from './errors.ts';

/** Whether a second attempt is useful: what does not apply, or did not start, would fail in the same way. */
export function isWorthRebuilding(error: unknown): error is Unreached {
  return error instanceof Unreached && !(error instanceof TokenLost);
}

/** Builds, and builds again when that fails. Without `rebuilt` there is no second attempt. */
export async function buildTwice<T>(
  what: string,
  build: (attempt: 1 | 2) => Promise<T>,
  rebuilt: ((rebuild: Rebuild) => void) | undefined,
): Promise<T> {
  try {
    return await build(1);
  } catch (error) {
    if (!rebuilt || !isWorthRebuilding(error)) throw error;
    const first = { what, reason: error.message };
    try {
      const built = await build(2);
      rebuilt({ ...first, again: 'built' });
      return built;
    } catch (second) {
      rebuilt({ ...first, again: 'failed' });
      throw second;
    }
  }
}

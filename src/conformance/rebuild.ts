/** Fixtures that could not be built at first, and are built once more on fresh resources. */
import { TokenLost, Unreached } from './errors.ts';

/** What became of one. */
export interface Rebuild {
  /** `fixture busy`, `shared request attach`. */
  readonly what: string;
  /** Why the first attempt failed. */
  readonly reason: string;
  /** What the second attempt came to; when it failed as well, all that needs it is inconclusive. */
  readonly again: 'built' | 'failed';
}

/** Is a second attempt of any use? What does not apply, or was not begun, would end the same way. */
export function isWorthRebuilding(error: unknown): error is Unreached {
  return error instanceof Unreached && !(error instanceof TokenLost);
}

/** Builds, and once more when that fails. `rebuilt` missing: there is no second attempt. */
export async function buildTwice<T>(
  what: string,
  build: (attempt: 1 | 2) => Promise<T>,
  rebuilt: ((rebuild: Rebuild) => void) | undefined,
): Promise<T> {
  try {
    return await build(1);
  } catch (error) {
    if (!rebuilt || !isWorthRebuilding(error)) throw error;
    const told = { what, reason: error.message };
    try {
      const built = await build(2);
      rebuilt({ ...told, again: 'built' });
      return built;
    } catch (second) {
      rebuilt({ ...told, again: 'failed' });
      throw second;
    }
  }
}

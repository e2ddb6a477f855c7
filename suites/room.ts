/** The room of a run, by what the cases of the suites need. */
import type { Amount } from '../src/conformance/amount.ts';
import type { Limits } from '../src/conformance/limits.ts';
import { createRoom, type Room } from '../src/conformance/room.ts';

/** No case has more at a time: a server that refuses beside one where nothing changes, or two that share a volume. */
export const mostOfOneCase: Amount = { servers: 2, volumes: 3 };

export function openRoom({ servers, volumes, mends }: Limits): Room {
  return createRoom({ limits: { servers, volumes }, most: mostOfOneCase, mends });
}

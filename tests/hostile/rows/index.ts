/** All the ways in which a target of these tests is hostile or broken, and one in which it is neither. */
import type { Misbehaviour } from '../misbehaviour.ts';
import { bodies } from './bodies.ts';
import { connections } from './connections.ts';
import { contents } from './contents.ts';
import { directions } from './directions.ts';
import { ids } from './ids.ts';
import { requestPolicy } from './manners.ts';
import { words } from './words.ts';

const well: Misbehaviour = {
  id: 'well-behaved',
  does: 'does as it should',
  where: () => false,
  respond: () => undefined,
  expected: { codes: [0], cases: ['pass'] },
};

export const misbehaviours: readonly Misbehaviour[] = [
  well,
  ...connections,
  ...bodies,
  ...contents,
  ...directions,
  ...requestPolicy,
  ...words,
  ...ids,
];

/** Clouds as they are: what is different about each, as data. */
import { answer } from '../hostile/conducts.ts';
import type { Conduct, Misbehaviour, Where } from '../hostile/misbehaviour.ts';
import { everywhere } from '../hostile/places.ts';

export interface Row {
  readonly id: string;
  /** A clause with the cloud as its subject. */
  readonly does: string;
  /** What stands before the cloud; nothing when missing. */
  readonly front?: Pick<Misbehaviour, 'where' | 'conduct'>;
  /** Of the simulator. */
  readonly traits?: readonly string[];
  /** Of the run. */
  readonly args?: readonly string[];
}

const reads: Where = ({ method }) => method === 'GET';

/** One request in so many meets it; the count goes over all that are asked for. */
function oneIn(count: number, conduct: (nth: number) => Conduct): Conduct {
  return (asked) => {
    const isMet = asked.number % count === 0;
    return isMet ? conduct(asked.number / count)(asked) : asked.carryOut();
  };
}

const errors = [
  answer(500, JSON.stringify({ computeFault: { code: 500, message: 'Unexpected API Error.' } })),
  answer(502, '<html><h1>502 Bad Gateway</h1></html>', { 'content-type': 'text/html' }),
  answer(503),
  answer(504, '<html><h1>504 Gateway Time-out</h1></html>', { 'content-type': 'text/html' }),
] as const;

const fails = (nth: number): Conduct => {
  return () => errors[nth % errors.length];
};

const late = (): Conduct => async (asked) => {
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  return asked.carryOut();
};

/** By turns before and after the cloud has done what it was asked. */
const cut = (nth: number): Conduct => {
  return async ({ socket, carryOut }) => {
    if (nth % 2 === 0) await carryOut();
    socket.destroy();
    return undefined;
  };
};

export const rows: readonly Row[] = [
  { id: 'usual', does: 'has nothing unusual' },
  {
    id: 'errors',
    does: 'answers one GET in seven with 500, 502, 503 or 504',
    front: { where: reads, conduct: oneIn(7, fails) },
  },
  {
    id: 'late',
    does: 'delays one request in fifty by 10 s',
    front: { where: everywhere, conduct: oneIn(50, late) },
  },
  {
    id: 'cut',
    does: 'cuts the connection of one request in a hundred, half of them after it was carried out',
    front: { where: everywhere, conduct: oneIn(100, cut) },
  },
  {
    id: 'two-regions',
    does: 'has two regions, and the run is in the second',
    traits: ['two-regions'],
    args: ['--os-region-name', 'RegionTwo'],
  },
  {
    id: 'no-flavor-disk',
    does: 'has no flavor with a disk, and an image of 3 GB',
    traits: ['large-image', 'no-flavor-disk'],
  },
  {
    id: 'zones',
    does: 'attaches volumes within a zone only, and servers and volumes have different default zones',
    traits: ['zones-must-agree'],
  },
  {
    id: 'given-zone',
    does: 'does the same, and the zone is given',
    traits: ['zones-must-agree'],
    args: ['--availability-zone', 'west'],
  },
];

/** The ordinary clouds of the table: the peculiarity of each, as data. */
import { answer } from '../hostile/conducts.ts';
import type { Responder, Misbehaviour, Where } from '../hostile/misbehaviour.ts';
import { everywhere } from '../hostile/places.ts';

export interface Row {
  readonly id: string;
  /** The peculiarity, as a clause with the cloud as its subject. */
  readonly does: string;
  /** The behaviour of the proxy in front of the cloud; it changes nothing when missing. */
  readonly proxy?: Pick<Misbehaviour, 'where' | 'respond'>;
  /** Traits of the simulator. */
  readonly traits?: readonly string[];
  /** Arguments of the run. */
  readonly args?: readonly string[];
}

const reads: Where = ({ method }) => method === 'GET';

/** Applies to every `count`-th request that matches `where`. */
function oneIn(count: number, respond: (nth: number) => Responder): Responder {
  return (asked) => {
    const isAffected = asked.number % count === 0;
    return isAffected ? respond(asked.number / count)(asked) : asked.carryOut();
  };
}

const errors = [
  answer(500, JSON.stringify({ computeFault: { code: 500, message: 'Unexpected API Error.' } })),
  answer(502, '<html><h1>502 Bad Gateway</h1></html>', { 'content-type': 'text/html' }),
  answer(503),
  answer(504, '<html><h1>504 Gateway Time-out</h1></html>', { 'content-type': 'text/html' }),
] as const;

const fails = (nth: number): Responder => {
  return () => errors[nth % errors.length];
};

const delays = (): Responder => async (asked) => {
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  return asked.carryOut();
};

/** Cuts the connection, alternately before and after the cloud carries out the request. */
const cuts = (nth: number): Responder => {
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
    proxy: { where: reads, respond: oneIn(7, fails) },
  },
  {
    id: 'late',
    does: 'delays one request in fifty by 10 s',
    proxy: { where: everywhere, respond: oneIn(50, delays) },
  },
  {
    id: 'cut',
    does: 'cuts the connection of one request in a hundred, half of them after the request was carried out',
    proxy: { where: everywhere, respond: oneIn(100, cuts) },
  },
  {
    id: 'two-regions',
    does: 'has two regions; the run uses the second',
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
    does: 'attaches volumes only within one zone; the default zones of servers and volumes differ',
    traits: ['zones-must-agree'],
  },
  {
    id: 'given-zone',
    does: 'does the same; the zone is given',
    traits: ['zones-must-agree'],
    args: ['--availability-zone', 'west'],
  },
];

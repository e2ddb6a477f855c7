/** Room under many interleavings: nobody goes beyond the limits, and nobody waits for ever. */
import { expect, test } from 'vitest';
import { add, fits, none, one, type Amount, type PlaceKind } from '../../src/conformance/amount.ts';
import { NoRoom, Unreached } from '../../src/conformance/errors.ts';
import { createRoom, type Place, type Room } from '../../src/conformance/room.ts';
import { createShelf, type Loan, type Shelf, type Variant } from '../../src/conformance/shelf.ts';
import type { Ticket } from '../../src/conformance/tickets.ts';
import { seededRandom, seeds, type Random } from '../seeded-random.ts';

const most = { servers: 2, volumes: 3 };
const mends = { servers: 'More servers.', volumes: 'More volumes.' };

/** Resolves after a seeded number of turns of the event loop. */
async function turns(random: Random): Promise<void> {
  for (let left = random.below(4); left > 0; left -= 1) await new Promise((resolve) => setImmediate(resolve));
}

interface Cloud {
  there: Amount;
  peak: Amount;
}

function count(cloud: Cloud, kind: PlaceKind, by: 1 | -1): void {
  cloud.there = { ...cloud.there, [kind]: cloud.there[kind] + by };
  const { there, peak } = cloud;
  cloud.peak = { servers: Math.max(peak.servers, there.servers), volumes: Math.max(peak.volumes, there.volumes) };
}

/** A set whose parts take places one by one, and take their time to go. */
function variantOf(room: Room, cloud: Cloud, random: Random, key: string, amount: Amount): Variant<Place[]> {
  const part = async (kind: PlaceKind): Promise<Place> => {
    const place = await room.place(kind);
    count(cloud, kind, 1);
    await turns(random);
    return place;
  };
  const kinds = [
    ...Array.from({ length: amount.servers }, () => 'servers' as const),
    ...Array.from({ length: amount.volumes }, () => 'volumes' as const),
  ];
  return {
    ...{ key, amount, copies: 2, sharers: key === 'own' ? 1 : Infinity },
    build: () => Promise.all(kinds.map(part)),
    takeDown: async (places) => {
      await turns(random);
      places.forEach((place, index) => {
        count(cloud, kinds[index] ?? 'servers', -1);
        place.leave('gone');
      });
    },
  };
}

const names = ['busy', 'own', 'kept', 'untouched', 'pair', 'broken'] as const;
const sizes: Readonly<Record<string, Amount>> = {
  busy: { servers: 1, volumes: 0 },
  own: { servers: 1, volumes: 0 },
  kept: { servers: 1, volumes: 1 },
  untouched: { servers: 1, volumes: 2 },
  pair: { servers: 2, volumes: 0 },
  broken: { servers: 0, volumes: 1 },
};

/** What cases ask for, one after the other, at most as much as one case may. */
function wishes(random: Random): readonly string[] {
  const wanted: string[] = [];
  let sum = none;
  for (const key of Array.from({ length: 3 }, () => random.pick(names))) {
    const more = add(sum, sizes[key] ?? none);
    if (wanted.includes(key) || !fits(more, most)) continue;
    wanted.push(key);
    sum = more;
  }
  return wanted;
}

interface Rush {
  readonly cloud: Cloud;
  readonly served: number;
}

async function rush(seed: number, limits: Amount): Promise<Rush> {
  const random = seededRandom(seed);
  const cloud: Cloud = { there: none, peak: none };
  const room = createRoom({ limits, most, mends });
  const shelf: Shelf = createShelf(room, (work) => void work.catch(() => undefined));
  room.offer(shelf.clear);
  const variants = new Map(
    Object.entries(sizes).map(([key, amount]) => [key, variantOf(room, cloud, random, key, amount)]),
  );
  /** A volume that goes only with the set. */
  const leaveBehind = async (loan: Loan<unknown>, ticket: Ticket): Promise<void> => {
    const release = await ticket.charge(one('volumes'));
    const place = await room.place('volumes');
    count(cloud, 'volumes', 1);
    const goes = async (): Promise<void> => {
      await turns(random);
      count(cloud, 'volumes', -1);
      place.leave('gone');
    };
    loan.burden(one('volumes'), goes, release);
  };
  let served = 0;
  const play = async (): Promise<void> => {
    await turns(random);
    const ticket = room.ticket();
    const loans: Loan<unknown>[] = [];
    const wanted = wishes(random);
    for (const key of wanted) {
      const variant = variants.get(key);
      if (variant) loans.push(await shelf.borrow(variant, ticket));
      await turns(random);
    }
    const all = wanted.reduce((sum, key) => add(sum, sizes[key] ?? none), one('volumes'));
    const [loan] = loans;
    if (loan && fits(all, most) && random.chance(0.4)) await leaveBehind(loan, ticket);
    served += 1;
    for (const loan of loans) loan.giveBack(random.chance(0.4) ? 'spoiled' : 'intact');
    ticket.close();
  };
  await Promise.all(Array.from({ length: 30 }, play));
  return { cloud, served };
}

test.each([
  { servers: 2, volumes: 3 },
  { servers: 3, volumes: 4 },
  { servers: 5, volumes: 9 },
  { servers: 24, volumes: 60 },
])(
  'with room for $servers servers and $volumes volumes everybody is served, and never is there more',
  async (limits) => {
    for (const seed of seeds(60)) {
      const { cloud, served } = await rush(seed, limits);
      expect(served, `seed ${seed}`).toBe(30);
      expect(fits(cloud.peak, limits), `seed ${seed}: ${JSON.stringify(cloud.peak)}`).toBe(true);
    }
  },
);

test('a set on which a third of the room was left is lent to nobody else, and goes when it is idle', async () => {
  const room = createRoom({ limits: { servers: 3, volumes: 6 }, most, mends });
  const shelf = createShelf(room, (work) => void work.catch(() => undefined));
  let built = 0;
  const gone: number[] = [];
  const variant: Variant<number> = {
    ...{ key: 'disorder', amount: one('servers'), copies: 1, sharers: Infinity },
    build: async () => (built += 1),
    takeDown: async (number) => void gone.push(number),
  };
  const swap = async (): Promise<number> => {
    const ticket = room.ticket();
    const loan = await shelf.borrow(variant, ticket);
    loan.burden(one('volumes'), async () => undefined, await ticket.charge(one('volumes')));
    loan.giveBack('intact');
    ticket.close();
    return loan.thing;
  };
  expect([await swap(), await swap(), await swap(), await swap(), await swap()]).toEqual([1, 1, 2, 2, 3]);
  expect(gone).toEqual([1, 2]);
});

test('the set with the most left on it makes room first, then the one that was used longest ago', async () => {
  const room = createRoom({ limits: { servers: 9, volumes: 9 }, most, mends });
  const shelf = createShelf(room, (work) => void work.catch(() => undefined));
  const gone: string[] = [];
  const use = async (key: string, leaves: number): Promise<void> => {
    const ticket = room.ticket();
    const takeDown = async (): Promise<void> => void gone.push(key);
    const set = { key, amount: add(one('servers'), one('volumes')), copies: 1, sharers: Infinity };
    const loan = await shelf.borrow({ ...set, build: async () => key, takeDown }, ticket);
    for (let left = 0; left < leaves; left += 1) {
      loan.burden(one('volumes'), async () => undefined, await ticket.charge(one('volumes')));
    }
    loan.giveBack('intact');
    ticket.close();
  };
  await use('oldest', 0);
  await use('newer', 0);
  await use('burdened', 2);
  for (let cleared = 0; cleared < 3; cleared += 1) await shelf.clear('volumes')?.done;
  expect(gone).toEqual(['burdened', 'oldest', 'newer']);
});

test('a case that needs more than the run may have is told so, with the mend', async () => {
  const room = createRoom({ limits: { servers: 1, volumes: 3 }, most, mends });
  const ticket = room.ticket();
  const refused = await ticket.charge({ servers: 2, volumes: 0 }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(NoRoom);
  expect(refused).toMatchObject({
    message: 'The case needs 2 servers at a time, and the run may have 1.',
    mend: 'More servers.',
  });
});

test('a case that needs more than any case may have is an error of the suites', async () => {
  const room = createRoom({ limits: { servers: 9, volumes: 9 }, most, mends });
  await expect(room.ticket().charge({ servers: 3, volumes: 0 })).rejects.toThrow(
    'A case asked for 3 servers at a time; no case may have more than 2',
  );
});

test('what cannot be removed takes up its place, and who needs that place is refused instead of waiting', async () => {
  const room = createRoom({ limits: { servers: 2, volumes: 3 }, most, mends });
  const ticket = room.ticket();
  await ticket.charge({ servers: 2, volumes: 0 });
  const [first] = [await room.place('servers'), await room.place('servers')];
  const third = room.place('servers');
  first?.leave('lost');
  await expect(third).rejects.toBeInstanceOf(Unreached);
  await expect(third).rejects.toThrow('1 servers that could not be removed take up the room that is needed.');
});

test('those whose wish stands there already are let in first', async () => {
  const room = createRoom({ limits: most, most, mends });
  const inside = room.ticket();
  const giveBack = await inside.charge({ servers: 1, volumes: 0 });
  const order: string[] = [];
  const wait = async (name: string, isReady: boolean): Promise<void> => {
    const ticket = room.ticket();
    await ticket.charge({ servers: 1, volumes: 0 }, () => isReady).then((release) => release());
    order.push(name);
    ticket.close();
  };
  const all = [wait('first', false), wait('ready', true), wait('last', false)];
  expect(order).toEqual([]);
  inside.close();
  giveBack();
  await Promise.all(all);
  expect(order).toEqual(['ready', 'first', 'last']);
});

test('a room that is shut refuses those who wait and those who come', async () => {
  const room = createRoom({ limits: most, most, mends });
  await room.ticket().charge({ servers: 1, volumes: 0 });
  const waiting = room.ticket().charge({ servers: 1, volumes: 0 });
  room.shut(new Error('The run is over.'));
  await expect(waiting).rejects.toThrow('The run is over.');
  await expect(room.place('servers')).rejects.toThrow('The run is over.');
});

/**
 * The proof that a kill leaves nothing: runs the harness, kills it with SIGKILL at many points of its life, has `cleanup`
 * do its work, and looks at the target itself: nothing of the run is left, and what others have is as it was.
 *
 * Exit code 0: so it was at every point; 1: not at some; 2: a point was not reached.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { identities } from '../../src/clauses/identity.ts';
import { type Identity } from '../../src/clauses/identity.ts';
import { openPlace, type Place } from './place.ts';
import { choosePoints, type Point } from './points.ts';
import { playPoint, rehearse, type Play, type Row } from './play.ts';
import { tableOf } from './table.ts';

interface Options extends Partial<Record<Identity, string>> {
  readonly osCloud?: string;
  readonly points: string;
  readonly lanes: string;
  readonly include: readonly string[];
  readonly bystanders?: true;
  readonly output: string;
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const program = new Command('kill-proof')
  .description('Kills runs at many points and shows that cleanup leaves nothing. Without --os-cloud, on simulators.')
  .option('--os-cloud <cloud>', 'the member: an entry of clouds.yaml')
  .option('--reader <cloud>', 'a reader of the same project')
  .option('--other <cloud>', 'a member of another project; its things are looked at too')
  .option('--admin <cloud>', 'an administrator')
  .option('--service <cloud>', 'a user with the service role')
  .option('--points <number>', 'runs to kill', '50')
  .option('--lanes <number>', 'simulators at the same time; a cloud has one lane', '1')
  .option('--include <glob>', 'keeps each run short; may be repeated', collect, [])
  .option('--bystanders', 'make servers and volumes of somebody else first, and remove them at the end')
  .option('--output <folder>', 'where the run folders go', 'runs/kill-proof');

program.parse();
process.exitCode = await prove(program.opts<Options>());

async function prove(options: Options): Promise<number> {
  const output = resolve(options.output);
  mkdirSync(output, { recursive: true });
  const clouds = { ...options, ...(options.osCloud === undefined ? {} : { member: options.osCloud }) };
  const named = Object.fromEntries(
    identities.flatMap((role) => (clouds[role] === undefined ? [] : [[role, clouds[role]]])),
  );
  const lanes = options.osCloud === undefined ? Number(options.lanes) : 1;
  const places = await Promise.all(Array.from({ length: lanes }, () => openPlace(named, output)));
  try {
    if (options.bystanders) await Promise.all(places.map((place) => place.makeBystanders()));
    const play = (place: Place): Play => ({ place, output, include: options.include });
    const [first] = places;
    if (!first) return 2;
    const whole = await rehearse(play(first));
    process.stderr.write(`A whole run writes ${whole.length} lines of ledger.\n`);
    const points = choosePoints(whole, Number(options.points));
    const rows = await playAll(points, places, play);
    writeFileSync(join(output, 'kill-proof.json'), `${JSON.stringify(rows, null, 1)}\n`);
    process.stdout.write(tableOf(rows));
    if (rows.some(({ held }) => held === 'no')) return 1;
    return rows.every(({ held }) => held === 'yes') && rows.length === Number(options.points) ? 0 : 2;
  } finally {
    await Promise.all(places.map((place) => place.close()));
  }
}

async function playAll(
  points: readonly Point[],
  places: readonly Place[],
  play: (place: Place) => Play,
): Promise<readonly Row[]> {
  const queue = points.map((point, index) => ({ point, index }));
  const rows: Row[] = [];
  const lane = async (place: Place): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const row = await playPoint(play(place), next.point, next.index + 1);
      rows.push(row);
      process.stderr.write(
        `${row.number}: ${row.point}, ${row.phase}: ${row.held}${row.why === '' ? '' : `, ${row.why}`}\n`,
      );
    }
  };
  await Promise.all(places.map(lane));
  return rows.sort((a, b) => a.number - b.number);
}

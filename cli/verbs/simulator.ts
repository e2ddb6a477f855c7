/** `simulator`: serves the embedded cloud, for experiments. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { stringify } from 'yaml';
import { describeNearest } from '../suggest-nearest.ts';
import { faults, isTrait, startSimulator, traits } from '../../targets/simulator/index.ts';
import { UsageError } from '../errors.ts';
import { simulatorMaximum } from '../simulator-maximum.ts';
import { simulatorQuotas, type QuotaOptions } from '../simulator-quotas.ts';
import { asWriteError } from '../files/write-error.ts';

interface Options extends QuotaOptions {
  readonly port: string;
  readonly maximum?: string;
  readonly pace: string;
  readonly failBoots: string;
  readonly fault: readonly string[];
  readonly trait: readonly string[];
  readonly listFaults?: true;
  readonly json?: true;
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

export const simulatorCommand = new Command('simulator')
  .description('Serve the embedded cloud on loopback until interrupted.')
  .option('--port <number>', 'port on 127.0.0.1; 0 selects a free one', '0')
  .option('--maximum <microversion>', 'maximum microversion of the simulated release: 2.60, 2.93, 2.100 or 2.104')
  .option('--pace <ms>', 'duration of one asynchronous step in milliseconds', '200')
  .option('--quota-servers <number>', 'server quota per project')
  .option('--quota-volumes <number>', 'volume quota per project')
  .option('--fail-boots <number>', 'every n-th new server ends in ERROR; 0: none', '0')
  .option('--fault <id>', 'enable this fault; repeatable', collect, [])
  .option('--trait <id>', `enable this variation: ${Object.keys(traits).join(', ')}; repeatable`, collect, [])
  .option('--list-faults', 'list the faults for --fault, and exit')
  .option('--json', 'with --list-faults: print JSON')
  .action(async (options: Options) => (options.listFaults ? listFaults(options.json === true) : serve(options)));

function listFaults(json: boolean): void {
  const listed = faults.map(({ id, summary }) => ({ id, summary }));
  const lines = listed.map(({ id, summary }) => `${id}\n    ${summary}\n`);
  process.stdout.write(json ? `${JSON.stringify(listed, undefined, 1)}\n` : lines.join(''));
}

/** @throws UsageError */
function refuseUnknown(ids: readonly string[]): void {
  const known = faults.map(({ id }) => id);
  const unknown = ids.find((id) => !known.some((one) => one === id));
  if (unknown === undefined) return;
  throw new UsageError(
    `--fault ${unknown} is not a fault of the simulator.${describeNearest(unknown, known)} List all faults by: simulator --list-faults`,
  );
}

/** @throws UsageError */
function refuseUnknownTraits(ids: readonly string[]): void {
  const unknown = ids.find((id) => !isTrait(id));
  if (unknown === undefined) return;
  const known = Object.entries(traits).map(([id, { summary }]) => `\n  ${id}: ${summary}`);
  throw new UsageError(`--trait ${unknown} is not a trait of the simulator. Pass one of:${known.join('')}`);
}

async function serve(options: Options): Promise<void> {
  const port = wholeNumber('--port', options.port, 65_535);
  const pace = wholeNumber('--pace', options.pace, 60_000);
  refuseUnknown(options.fault);
  refuseUnknownTraits(options.trait);
  const simulator = await startSimulator({
    port,
    pace,
    failBoots: wholeNumber('--fail-boots', options.failBoots, 10_000),
    maximum: simulatorMaximum(options.maximum),
    faults: options.fault,
    traits: options.trait,
    quotas: simulatorQuotas(options),
  });
  // Set before the address is printed.
  const stop = (): void => void simulator.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  let file: string;
  try {
    file = writeClouds(stringify(simulator.clouds));
  } catch (error) {
    await simulator.close();
    throw error;
  }
  process.stdout.write(
    [
      `identity    ${simulator.url}`,
      `clouds      ${Object.keys(simulator.clouds.clouds).join(', ')}`,
      '',
      `export OS_CLIENT_CONFIG_FILE=${file}`,
      'openstack --os-cloud sim-demo server list',
      '',
    ].join('\n'),
  );
}

/** Writes clouds.yaml, readable by the current user only. @throws WriteError */
function writeClouds(text: string): string {
  try {
    const file = join(mkdtempSync(join(tmpdir(), 'openstack-conformance-')), 'clouds.yaml');
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  } catch (error) {
    throw asWriteError(tmpdir(), error);
  }
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new UsageError(`${option} ${text} is not a whole number from 0 to ${most}.`);
}

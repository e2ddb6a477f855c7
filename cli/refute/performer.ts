/** One thread of a refutation on the embedded cloud: performs what the conductor sends. */
import { parentPort } from 'node:worker_threads';
import type { Errand, Told } from '../../src/refutation/protocol.ts';
import { perform } from './perform.ts';
import { openSimulatorLab } from './simulator-lab.ts';

const port = parentPort;
if (!port) throw new Error('A performer is started by the conductor of a refutation.');
const lab = await openSimulatorLab();
port.on('message', (errand: Errand | 'stop') => {
  if (errand === 'stop') void lab.close().then(() => port.close());
  else void perform(lab, errand).then((told) => port.postMessage(told), broke);
});
port.postMessage('ready');

function broke(error: unknown): void {
  const told: Told = { kind: 'broke', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  port?.postMessage(told);
}

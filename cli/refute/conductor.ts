/** Hands out the work of a refutation to performers in threads of their own, and collects what they tell. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Errand, Told } from '../../src/refutation/protocol.ts';
import type { Lab } from './lab.ts';
import { perform } from './perform.ts';

export interface Conductor {
  /** In the order of the errands; `each` hears of every one as it ends. */
  readonly perform: (errands: readonly Errand[], each?: (told: Told) => void) => Promise<readonly Told[]>;
  readonly performers: number;
  readonly close: () => Promise<void>;
}

export async function openConductor(performers = Math.max(1, Math.min(4, availableParallelism()))): Promise<Conductor> {
  const workers = await Promise.all(Array.from({ length: performers }, start));
  const perform: Conductor['perform'] = async (errands, each) => {
    const told: Told[] = [];
    const queue = errands.map((errand, index) => ({ errand, index }));
    const employ = async (worker: Worker): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const reply = await ask(worker, next.errand);
        if (reply.kind === 'broke') throw new Error(reply.reason);
        told[next.index] = reply;
        each?.(reply);
      }
    };
    await Promise.all(workers.map(employ));
    return told;
  };
  const close = async (): Promise<void> => {
    for (const worker of workers) worker.postMessage('stop');
    await Promise.all(workers.map((worker) => new Promise<void>((resolve) => worker.once('exit', () => resolve()))));
  };
  return { perform, performers, close };
}

/** Performs everything itself, one errand after the other. */
export function localConductor(lab: Lab): Conductor {
  const performAll: Conductor['perform'] = async (errands, each) => {
    const told: Told[] = [];
    for (const errand of errands) {
      const reply = await perform(lab, errand);
      told.push(reply);
      each?.(reply);
    }
    return told;
  };
  return { perform: performAll, performers: 1, close: () => Promise.resolve() };
}

async function start(): Promise<Worker> {
  const worker = new Worker(new URL('./performer.js', import.meta.url));
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
  return worker;
}

function ask(worker: Worker, errand: Errand): Promise<Told> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => reject(error);
    worker.once('error', failed);
    worker.once('message', (told: Told) => {
      worker.off('error', failed);
      resolve(told);
    });
    worker.postMessage(errand);
  });
}

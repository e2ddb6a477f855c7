/** Distributes the tasks of a mutation test to workers in threads of their own, and collects the results. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { TaskResult, WorkerTask, WorkerResult } from '../../src/mutation/protocol.ts';
import type { MutationRun } from './mutation-run.ts';
import { execute } from './run-worker.ts';

export interface Scheduler {
  /** Returns results in the order of the tasks; `each` is called with every result as it arrives. */
  readonly execute: (
    tasks: readonly WorkerTask[],
    each?: (result: TaskResult) => void,
  ) => Promise<readonly TaskResult[]>;
  readonly threads: number;
  readonly close: () => Promise<void>;
}

export function openScheduler(threads = Math.max(1, Math.min(4, availableParallelism()))): Scheduler {
  const workers: Worker[] = [];
  const execute: Scheduler['execute'] = async (tasks, each) => {
    // No more threads than there are tasks: each loads all suites.
    const missing = Math.min(threads, tasks.length) - workers.length;
    workers.push(...(await Promise.all(Array.from({ length: Math.max(0, missing) }, start))));
    const results: TaskResult[] = [];
    const queue = tasks.map((task, index) => ({ task, index }));
    const drain = async (worker: Worker): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const result = await ask(worker, next.task);
        if (result.kind === 'broke') throw new Error(result.reason);
        results[next.index] = result;
        each?.(result);
      }
    };
    await Promise.all(workers.map(drain));
    return results;
  };
  const close = async (): Promise<void> => {
    for (const worker of workers) worker.postMessage('stop');
    await Promise.all(workers.map((worker) => new Promise<void>((resolve) => worker.once('exit', () => resolve()))));
  };
  return { execute, threads, close };
}

/** Runs the tasks in this thread, one after the other. */
export function localScheduler(mutationRun: MutationRun): Scheduler {
  const executeAll: Scheduler['execute'] = async (tasks, each) => {
    const results: TaskResult[] = [];
    for (const task of tasks) {
      const result = await execute(mutationRun, task);
      results.push(result);
      each?.(result);
    }
    return results;
  };
  return { execute: executeAll, threads: 1, close: () => Promise.resolve() };
}

async function start(): Promise<Worker> {
  const worker = new Worker(new URL('./worker.js', import.meta.url));
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
  return worker;
}

function ask(worker: Worker, task: WorkerTask): Promise<WorkerResult> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => reject(error);
    worker.once('error', failed);
    worker.once('message', (result: WorkerResult) => {
      worker.off('error', failed);
      resolve(result);
    });
    worker.postMessage(task);
  });
}

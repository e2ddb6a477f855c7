/** A worker thread of a mutation test on the embedded cloud: runs the tasks that the scheduler sends. */
import { parentPort } from 'node:worker_threads';
import type { TaskResult, WorkerResult, WorkerTask } from '../../src/mutation/protocol.ts';
import { requestForms } from './records/requests.ts';
import { execute } from './run-worker.ts';
import { openSimulatorMutationRun } from './simulator-mutation-run.ts';

const port = parentPort;
if (!port) throw new Error('A worker is started by the scheduler of a mutation test.');
const mutationRun = await openSimulatorMutationRun();
/** Signing in and discovery: every result depends on them. */
const first = requestForms(mutationRun.simulator.takeRequests());
port.on('message', (task: WorkerTask | 'stop') => {
  if (task === 'stop') void mutationRun.close().then(() => port.close());
  else void execute(mutationRun, task).then(report, broke);
});
port.postMessage('ready');

function report(result: TaskResult): void {
  port?.postMessage({ ...result, requests: [...new Set([...first, ...result.requests])] });
}

function broke(error: unknown): void {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const result: WorkerResult = { kind: 'broke', reason };
  port?.postMessage(result);
}

/**
 * Loaded into each Node process of a measured command: on its way out it writes what it has used, as the operating system
 * counts it, into the file that BENCH_ACCOUNT names, a line for each process.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

const file = process.env.BENCH_ACCOUNT;
if (isMainThread && file) process.on('exit', () => appendFileSync(file, `${JSON.stringify(usage())}\n`));

function usage() {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { pid: process.pid, cpuMs: (userCPUTime + systemCPUTime) / 1000, peakBytes: 1024 * (highWater() ?? maxRSS) };
}

/** Kilobytes. Linux counts in a child's maxRSS what its parent had when it was spawned; this is the child alone. */
function highWater() {
  if (process.platform !== 'linux') return undefined;
  const [, text] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return text === undefined ? undefined : Number(text);
}

/**
 * Loaded into each Node process of a measured command: on exit, it appends a line with the CPU time and memory of the
 * process, as counted by the operating system, to the file BENCH_ACCOUNT.
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

/** In kilobytes. On Linux, maxRSS of a child includes what its parent used at the time of the spawn; VmHWM does not. */
function highWater() {
  if (process.platform !== 'linux') return undefined;
  const [, text] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return text === undefined ? undefined : Number(text);
}

/** What others on the machine can see of a process and its children while it runs, where the system has /proc. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface ProcessWatch {
  readonly of: (pid: number) => () => void;
  /** Command lines of all of them, and the environment of the children. */
  readonly seen: () => Readonly<Record<string, string>>;
}

export function watchProcesses(): ProcessWatch {
  const seen: Record<string, string> = {};
  const look = (pid: number): void => {
    const family = descendants(pid);
    for (const one of [pid, ...family]) {
      note(seen, `/proc/${one}/cmdline`);
      note(seen, `/proc/${one}/comm`);
    }
    for (const child of family) note(seen, `/proc/${child}/environ`);
  };
  return {
    of: (pid) => {
      if (!existsSync('/proc')) return () => undefined;
      const timer = setInterval(() => look(pid), 50);
      return () => clearInterval(timer);
    },
    seen: () => seen,
  };
}

function note(seen: Record<string, string>, file: string): void {
  try {
    const text = readFileSync(file, 'utf8');
    if (!(seen[file] ?? '').includes(text)) seen[file] = `${seen[file] ?? ''}${text}\n`;
  } catch {
    // It has ended.
  }
}

function descendants(pid: number): readonly number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)] as const);
  const found = new Set([pid]);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const [child, parent] of parents) if (found.has(parent)) found.add(child);
  }
  return [...found].filter((one) => one !== pid);
}

function parentOf(name: string): number {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]);
  } catch {
    return 0;
  }
}

/** All verbs, one line each; a verb is loaded on demand. */
import type { Command } from 'commander';

const verbs: Readonly<Record<string, () => Promise<Command>>> = {
  bundle: async () => (await import('./bundle.ts')).bundleCommand,
  cleanup: async () => (await import('./cleanup.ts')).cleanupCommand,
  clauses: async () => (await import('./clauses.ts')).clausesCommand,
  completion: async () => (await import('./completion.ts')).completionCommand,
  diff: async () => (await import('./diff.ts')).diffCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  'mutation-test': async () => (await import('./mutation-test.ts')).mutationTestCommand,
  plan: async () => (await import('./plan.ts')).planCommand,
  reference: async () => (await import('./reference.ts')).referenceCommand,
  replay: async () => (await import('./replay.ts')).replayCommand,
  report: async () => (await import('./report.ts')).reportCommand,
  run: async () => (await import('./run.ts')).runCommand,
  schemas: async () => (await import('./schemas.ts')).schemasCommand,
  sign: async () => (await import('./sign.ts')).signCommand,
  simulator: async () => (await import('./simulator.ts')).simulatorCommand,
  verify: async () => (await import('./verify.ts')).verifyCommand,
};

export const verbNames: readonly string[] = Object.keys(verbs);

export function allVerbs(): Promise<readonly Command[]> {
  return Promise.all(Object.values(verbs).map((load) => load()));
}

/** The verbs to load for a command line that begins with this word: all of them for help and for an unknown verb. */
export async function verbsFor(word: string | undefined): Promise<readonly Command[]> {
  if (word === '--version' || word === '-V') return [];
  const load = word !== undefined && Object.hasOwn(verbs, word) ? verbs[word] : undefined;
  // Completion lists the other verbs.
  return load && word !== 'completion' ? [await load()] : allVerbs();
}

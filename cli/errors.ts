/** A command cannot start because its options or files are wrong. Exit code 3, one sentence. */
export class UsageError extends Error {
  readonly code = 'usage';
}

export const exitCodes = { conformant: 0, nonConformant: 1, partial: 2, usage: 3 } as const;

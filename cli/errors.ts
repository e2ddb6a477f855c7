/** What ends a command before it starts: bad options or files. Exit code 3, one sentence. */
export class UsageError extends Error {
  readonly code = 'usage';
}

export const exitCodes = { conformant: 0, nonConformant: 1, partial: 2, usage: 3 } as const;

/** A measured command failed. */
export class BenchError extends Error {
  readonly code = 'bench';
}

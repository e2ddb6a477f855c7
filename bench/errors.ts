/** A command that was to be measured and did not do what it is measured for. */
export class BenchError extends Error {
  readonly code = 'bench';
}

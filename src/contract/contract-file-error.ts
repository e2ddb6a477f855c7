/** A file that is no contract, or one of another format. */
export class ContractFileError extends Error {
  readonly code = 'contract-file';
}

/** A file that is not a contract, or has another format. */
export class ContractFileError extends Error {
  readonly code = 'contract-file';
}

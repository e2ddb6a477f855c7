/** The contracts to test a target against: the committed ones, or one built from another reference with our errata. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeContract } from '../src/contract/contract-file.ts';
import { contractOf } from '../src/contract/cut-revisions.ts';
import type { Contract, OperationId } from '../src/contract/model.ts';
import { formatDiagnostic } from '../src/diagnostic.ts';
import type { NonEmpty } from '../src/json.ts';
import { printable } from '../src/report/printable.ts';
import { UsageError } from './errors.ts';
import { ownContract, ownServices } from './own-contract.ts';
import { packageRoot } from './package-root.ts';
import { triedOperations } from '../suites/index.ts';
import { defaultService } from '../suites/services.ts';

/** As commander parses them. */
export interface ReferenceOptions {
  readonly reference?: string;
  readonly referenceBase?: string;
  readonly referenceManifest?: string;
}

export function referenceOptions(raw: ReferenceOptions): ReferenceOptions {
  const { reference, referenceBase, referenceManifest } = raw;
  return {
    ...(reference !== undefined && { reference }),
    ...(referenceBase !== undefined && { referenceBase }),
    ...(referenceManifest !== undefined && { referenceManifest }),
  };
}

/** The contract of one service. */
export interface ChosenContract {
  readonly contract: Contract;
  readonly text: string;
  /** Its files; missing when it was built in memory or unpacked from an archive. */
  readonly files?: readonly string[];
  /** All operations of the service, also those that the contract leaves out. */
  readonly listed: readonly OperationId[];
  /** The folder of its sources. */
  readonly specs: string;
}

export interface ChosenContracts {
  /** The services with operations that were wanted. */
  readonly chosen: NonEmpty<ChosenContract>;
  /** Built from a reference other than that of `specs/`. */
  readonly isOther: boolean;
}

/**
 * Of our own references: the operations that the suites test, and those that `isExtra` accepts. Of another one: all.
 * @throws UsageError when the reference cannot be read.
 */
export async function chosenContracts(
  options: ReferenceOptions,
  isExtra: (id: OperationId) => boolean = () => false,
): Promise<ChosenContracts> {
  const { reference, referenceBase, referenceManifest } = options;
  if (reference !== undefined) return { chosen: [await otherContract(options, reference)], isOther: true };
  if (referenceBase !== undefined || referenceManifest !== undefined)
    throw new UsageError('--reference-base and --reference-manifest need --reference.');
  const own = ownServices().map((service) => ownChoice(service, (id) => triedOperations.has(id) || isExtra(id)));
  const [first, ...rest] = own.filter(({ contract }) => contract.operations.length > 0);
  if (!first) throw new UsageError('This package has no contract. Run `schemas` to generate it.');
  return { chosen: [first, ...rest], isOther: false };
}

function ownChoice(service: string, isWanted: (id: OperationId) => boolean): ChosenContract {
  const { draft, files, listed } = ownContract(isWanted, service);
  const specs = `specs/${service}`;
  return { contract: contractOf(draft), text: writeContract(draft), ...(files && { files }), listed, specs };
}

/** @throws UsageError */
async function otherContract(
  { referenceBase, referenceManifest }: ReferenceOptions,
  reference: string,
): Promise<ChosenContract> {
  const manifest = referenceManifest === undefined ? undefined : manifestFile(referenceManifest);
  for (const folder of [reference, referenceBase]) {
    if (folder !== undefined && !existsSync(folder)) throw new UsageError(`There is no reference at ${folder}.`);
  }
  // Our own contract is committed: only another reference is read and assembled.
  const { readServiceSpecs } = await import('./service-specs.ts');
  const { assembly, diagnostics } = readServiceSpecs(join(packageRoot, ownSpecs), {
    tree: reference,
    ...(referenceBase !== undefined && { base: referenceBase }),
    ...(manifest !== undefined && { manifest }),
  });
  // Errata correct our reference: one that finds nothing to correct in another reference is no error.
  // The same applies to our manifest, unless the user passes one that was written for that reference.
  const mayLack = (code: string): boolean => manifest === undefined && code === 'absent-operation';
  const errors = diagnostics.filter(
    ({ severity, code, at }) => severity === 'error' && at.file !== 'errata.yaml' && !mayLack(code),
  );
  for (const diagnostic of errors) process.stderr.write(`${printable(formatDiagnostic(diagnostic), 2000)}\n`);
  if (!assembly || assembly.contract.operations.length === 0) {
    throw new UsageError(`The reference at ${reference} has no operation that can be read.`);
  }
  const { contract, draft } = assembly;
  const listed = contract.operations.map(({ id }) => id);
  return { contract, text: writeContract(draft), listed, specs: reference };
}

/** Its manifest and errata are used for another reference. */
const ownSpecs = `specs/${defaultService}`;

export const ownManifests = `${ownSpecs}/manifests`;

/** A file, or the name of one of ours. */
function manifestFile(name: string): string {
  const known = join(packageRoot, ownManifests, `${name}.yaml`);
  const found = [name, known].find((file) => existsSync(file));
  if (found === undefined) throw new UsageError(`--reference-manifest ${name} is neither a file nor ${known}.`);
  return found;
}

/** The contract to hold a target to: the committed one, or one made of another reference with our errata. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readContract, writeContract } from '../src/contract/contract-file.ts';
import type { Contract } from '../src/contract/model.ts';
import { formatDiagnostic } from '../src/diagnostic.ts';
import { UsageError } from './errors.ts';
import { packageRoot } from './package-root.ts';
import { readServiceSpecs } from './service-specs.ts';

/** As commander hands them over. */
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

export interface ChosenContract {
  readonly contract: Contract;
  readonly text: string;
  /** Made of another reference than that of the specs. */
  readonly isOther: boolean;
  /** The folder of its sources. */
  readonly specs: string;
}

/** @throws UsageError when the reference cannot be read. */
export function chosenContract(options: ReferenceOptions): ChosenContract {
  const { reference, referenceBase, referenceManifest } = options;
  if (reference === undefined) {
    if (referenceBase !== undefined || referenceManifest !== undefined)
      throw new UsageError('--reference-base and --reference-manifest need --reference.');
    const text = readFileSync(join(packageRoot, 'schemas/compute/contract.json'), 'utf8');
    return { contract: readContract(text), text, isOther: false, specs: 'specs/compute' };
  }
  const manifest = referenceManifest === undefined ? undefined : manifestFile(referenceManifest);
  for (const place of [reference, referenceBase]) {
    if (place !== undefined && !existsSync(place)) throw new UsageError(`There is no reference at ${place}.`);
  }
  const { assembly, diagnostics } = readServiceSpecs(join(packageRoot, 'specs/compute'), {
    tree: reference,
    ...(referenceBase !== undefined && { base: referenceBase }),
    ...(manifest !== undefined && { manifest }),
  });
  // Errata speak of our reference; what they do not find in another one was not there to be corrected.
  const told = diagnostics.filter(({ severity, at }) => severity === 'error' && at.file !== 'errata.yaml');
  for (const diagnostic of told) process.stderr.write(`${formatDiagnostic(diagnostic)}\n`);
  if (!assembly || assembly.contract.operations.length === 0) {
    throw new UsageError(`The reference at ${reference} has no operation that can be read.`);
  }
  return { contract: assembly.contract, text: writeContract(assembly.contract), isOther: true, specs: reference };
}

/** A file, or the name of one in `specs/compute/manifests`. */
function manifestFile(name: string): string {
  const known = join(packageRoot, 'specs/compute/manifests', `${name}.yaml`);
  const found = [name, known].find((file) => existsSync(file));
  if (found === undefined) throw new UsageError(`--reference-manifest ${name} is neither a file nor ${known}.`);
  return found;
}

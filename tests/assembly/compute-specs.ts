/** The specs of the compute service as the tests use them, and the same manifest and errata over other trees. */
import { existsSync, readFileSync } from 'node:fs';
import { readImportedFacts, readServiceSpecs, withFacts } from '../../cli/service-specs.ts';
import { assembleContract, type Assembly } from '../../src/assembly/assemble.ts';
import type { ErratumEntry, ServiceManifest } from '../../src/assembly/model.ts';
import { placeKey } from '../../src/assembly/operation-places.ts';
import { readErrata } from '../../src/assembly/read-errata.ts';
import { readManifest } from '../../src/assembly/read-manifest.ts';
import type { Operation } from '../../src/contract/model.ts';
import { findOperation } from '../../src/contract/questions.ts';
import { loadTree } from '../../src/reference/load-tree.ts';
import type { Reference } from '../../src/reference/model.ts';
import { readReference } from '../../src/reference/read-reference.ts';

const specs = new URL('../../specs/compute/', import.meta.url);
export const specsFolder = specs.pathname;
const shared = new URL('../../../shared/reference/', import.meta.url);

export const upstreamIsHere = existsSync(shared);
export const upstreamReason = upstreamIsHere ? '' : ' (skipped: ../shared/reference is not here)';

const read = (file: string): string => readFileSync(new URL(file, specs), 'utf8');

export const manifestReading = readManifest(read('service.yaml'), 'service.yaml');
export const errataReading = readErrata(read('errata.yaml'), 'errata.yaml');
export const ownReference = readReference(loadTree(specs.pathname));
/** Those on operations of our own texts. */
export const errata: readonly ErratumEntry[] = errataReading.errata.filter(({ operations }) =>
  operations.every((id) => manifest().operations.some((entry) => entry.id === id)),
);
/** Those on operations that are imported. */
export const importedErrata: readonly ErratumEntry[] = errataReading.errata.filter((entry) => !errata.includes(entry));

/** The part of the manifest that speaks of our own texts; other operations are imported. */
export function manifest(): ServiceManifest {
  const whole = wholeManifest();
  const own = new Set(ownReference.operations.map(({ at, title }) => placeKey(at.file, title)));
  return { ...whole, operations: whole.operations.filter(({ file, section }) => own.has(placeKey(file, section))) };
}

export function wholeManifest(): ServiceManifest {
  if (!manifestReading.manifest) throw new Error('service.yaml cannot be read');
  return manifestReading.manifest;
}

/** Our texts and the imported facts, as `schemas` reads them. */
export function assembleAll(): Assembly {
  const { assembly } = readServiceSpecs(specs.pathname);
  if (!assembly) throw new Error('the specs of compute cannot be read');
  return assembly;
}

/** Of our texts and the imported facts, the operations given. */
export function assembleImported(applied: readonly ErratumEntry[], ids: readonly Operation['id'][]): Assembly {
  const spoken = new Set(ids);
  const whole = wholeManifest();
  const naming = { ...whole, operations: whole.operations.filter(({ id }) => spoken.has(id)) };
  const places = new Set(naming.operations.map(({ file, section }) => placeKey(file, section)));
  const reference = importedReference();
  const operations = reference.operations.filter(({ at, title }) => places.has(placeKey(at.file, title)));
  return assembleContract({ ...reference, operations }, naming, applied);
}

let imported: Reference | undefined;

function importedReference(): Reference {
  return (imported ??= withFacts(ownReference, readImportedFacts(specs.pathname)));
}

/** Our texts with all errata, or with those given. */
export function assembleOwn(applied: readonly ErratumEntry[] = errata): Assembly {
  return assembleContract(ownReference, manifest(), applied);
}

/** `nova-2026-08` or `nova-2018-01`. */
export function assembleUpstream(
  tree: string,
  applied: readonly ErratumEntry[],
  naming: ServiceManifest = manifest(),
): Assembly {
  return assembleContract(readUpstream(tree), naming, applied);
}

export function readUpstream(tree: string): Reference {
  return readReference(loadTree(new URL(tree, shared).pathname));
}

export function operationIn({ contract }: Assembly, id: Operation['id']): Operation {
  const operation = findOperation(contract, id);
  if (!operation) throw new Error(`${id} is not in the contract`);
  return operation;
}

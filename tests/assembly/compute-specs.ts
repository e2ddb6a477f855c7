/** The specs of the compute service as the tests use them, and the same manifest and errata over other trees. */
import { existsSync, readFileSync } from 'node:fs';
import { assembleContract, type Assembly } from '../../src/assembly/assemble.ts';
import type { ErratumEntry, ServiceManifest } from '../../src/assembly/model.ts';
import { readErrata } from '../../src/assembly/read-errata.ts';
import { readManifest } from '../../src/assembly/read-manifest.ts';
import type { Operation } from '../../src/contract/model.ts';
import { findOperation } from '../../src/contract/questions.ts';
import { loadTree } from '../../src/reference/load-tree.ts';
import { readReference } from '../../src/reference/read-reference.ts';

const specs = new URL('../../specs/compute/', import.meta.url);
const shared = new URL('../../../shared/reference/', import.meta.url);

export const upstreamIsHere = existsSync(shared);
export const upstreamReason = upstreamIsHere ? '' : ' (skipped: ../shared/reference is not here)';

const read = (file: string): string => readFileSync(new URL(file, specs), 'utf8');

export const manifestReading = readManifest(read('service.yaml'), 'service.yaml');
export const errataReading = readErrata(read('errata.yaml'), 'errata.yaml');
export const errata: readonly ErratumEntry[] = errataReading.errata;
export const ownReference = readReference(loadTree(specs.pathname));

export function manifest(): ServiceManifest {
  if (!manifestReading.manifest) throw new Error('service.yaml cannot be read');
  return manifestReading.manifest;
}

/** Our texts with all errata, or with those given. */
export function assembleOwn(applied: readonly ErratumEntry[] = errata): Assembly {
  return assembleContract(ownReference, manifest(), applied);
}

/** `nova-2026-08` or `nova-2018-01`. */
export function assembleUpstream(tree: string, applied: readonly ErratumEntry[]): Assembly {
  return assembleContract(readReference(loadTree(new URL(tree, shared).pathname)), manifest(), applied);
}

export function operationIn({ contract }: Assembly, id: Operation['id']): Operation {
  const operation = findOperation(contract, id);
  if (!operation) throw new Error(`${id} is not in the contract`);
  return operation;
}

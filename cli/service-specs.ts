/** Reads the specs of one service from disk and assembles its contract. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assembleContract, type Assembly } from '../src/assembly/assemble.ts';
import { readErrata } from '../src/assembly/read-errata.ts';
import { readManifest } from '../src/assembly/read-manifest.ts';
import type { Diagnostic } from '../src/diagnostic.ts';
import { loadTree } from '../src/reference/load-tree.ts';
import { readReference } from '../src/reference/read-reference.ts';

export interface ServiceSpecs {
  /** Missing when the manifest cannot be read. */
  readonly assembly?: Assembly;
  /** Of every file involved. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Service types that have a manifest, by name. */
export function servicesIn(specs: string): readonly string[] {
  return readdirSync(specs)
    .filter((name) => existsSync(join(specs, name, 'service.yaml')))
    .sort();
}

/** `specs` is the folder of manifest and errata, `tree` that of the texts where it is another one. */
export function readServiceSpecs(specs: string, tree: string = specs): ServiceSpecs {
  const { manifest, diagnostics } = readManifest(readFileSync(join(specs, 'service.yaml'), 'utf8'), 'service.yaml');
  if (!manifest) return { diagnostics };
  const errataFile = join(specs, 'errata.yaml');
  const errata = readErrata(existsSync(errataFile) ? readFileSync(errataFile, 'utf8') : '', 'errata.yaml');
  const reference = readReference(loadTree(tree));
  const assembly = assembleContract(reference, manifest, errata.errata);
  const all = [...diagnostics, ...errata.diagnostics, ...reference.diagnostics, ...assembly.diagnostics];
  return { assembly, diagnostics: all };
}

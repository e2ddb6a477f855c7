/** Reads the specs of one service from disk and assembles its contract. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { assembleContract, type Assembly } from '../src/assembly/assemble.ts';
import { readErrata } from '../src/assembly/read-errata.ts';
import { placeKey } from '../src/assembly/operation-places.ts';
import { readManifest } from '../src/assembly/read-manifest.ts';
import type { Diagnostic } from '../src/diagnostic.ts';
import { loadTree } from '../src/reference/load-tree.ts';
import { readReference } from '../src/reference/read-reference.ts';
import type { Reference, ReferenceOperation } from '../src/reference/model.ts';
import type { FactFile } from '../src/import/facts.ts';
import { operationsOf, readFactFile } from '../src/import/read-facts.ts';

export interface ServiceSpecs {
  /** Missing when the manifest cannot be read. */
  readonly assembly?: Assembly;
  /** Of all files that were read. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Service types that have a manifest, by name. */
export function servicesIn(specs: string): readonly string[] {
  return readdirSync(specs)
    .filter((name) => existsSync(join(specs, name, 'service.yaml')))
    .sort();
}

/** A reference other than the texts beside the manifest. */
export interface OtherReference {
  readonly tree: string;
  /** Where parameters, status files and samples are looked up when the tree lacks them. */
  readonly base?: string;
  /** A file; `service.yaml` of the specs when missing. */
  readonly manifest?: string;
}

/** `specs` is the folder of manifest and errata. */
export function readServiceSpecs(specs: string, other?: OtherReference): ServiceSpecs {
  const manifestFile = other?.manifest ?? join(specs, 'service.yaml');
  const { manifest, diagnostics } = readManifest(readFileSync(manifestFile, 'utf8'), basename(manifestFile));
  if (!manifest) return { diagnostics };
  const errataFile = join(specs, 'errata.yaml');
  const errata = readErrata(existsSync(errataFile) ? readFileSync(errataFile, 'utf8') : '', 'errata.yaml');
  const base = other?.base === undefined ? {} : { base: loadTree(other.base) };
  const texts = readReference(loadTree(other?.tree ?? specs), base);
  const reference = other ? texts : withFacts(texts, readImportedFacts(specs));
  const assembly = assembleContract(reference, manifest, errata.errata);
  const all = [...diagnostics, ...errata.diagnostics, ...reference.diagnostics, ...assembly.diagnostics];
  return { assembly, diagnostics: all };
}

/** The imported facts, file by file; empty when nothing was imported. @throws FactFileError */
export function readImportedFacts(specs: string): readonly FactFile[] {
  const folder = join(specs, 'imported');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json') && name !== 'provenance.json')
    .sort()
    .map((name) => readFactFile(readFileSync(join(folder, name), 'utf8'), join('imported', name)));
}

/** Adds imported facts to the texts. With facts, a tree without texts is no error. */
export function withFacts(texts: Reference, facts: readonly FactFile[]): Reference {
  const imported = facts.flatMap(operationsOf);
  const kept = imported.length > 0 ? texts.diagnostics.filter(({ code }) => code !== 'empty-tree') : texts.diagnostics;
  return {
    ...texts,
    operations: [...texts.operations, ...imported],
    diagnostics: [...kept, ...describedTwice(texts, imported)],
  };
}

/** Imported facts may only describe operations that our own texts leave out. */
function describedTwice(texts: Reference, imported: readonly ReferenceOperation[]): readonly Diagnostic[] {
  const own = new Map(texts.operations.map((operation) => [keyOf(operation), operation]));
  return imported.flatMap((operation): readonly Diagnostic[] => {
    const written = own.get(keyOf(operation));
    if (!written) return [];
    const facts = join('imported', operation.at.file.replace(/\.\w+$/, '.json'));
    return [
      {
        severity: 'error',
        code: 'described-twice',
        at: written.at,
        message: `"${written.title}" is described here and in ${facts}`,
        expected: `one description: delete its entry in ${facts} (\`reference import DIR\` does), or this text`,
      },
    ];
  });
}

function keyOf({ at, title }: ReferenceOperation): string {
  return placeKey(at.file, title);
}

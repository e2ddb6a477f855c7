/** `reference import`: imports the facts of an upstream tree, without its prose, as sources of the contract. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { readManifest } from '../../src/assembly/read-manifest.ts';
import { printJson } from '../../src/contract/print-json.ts';
import { formatDiagnostic, type Diagnostic } from '../../src/diagnostic.ts';
import type { FactFile } from '../../src/import/facts.ts';
import { withEntries, withOrigin } from '../../src/import/manifest-entries.ts';
import { planImport, type Imported } from '../../src/import/plan-import.ts';
import { provenanceOf } from '../../src/import/provenance.ts';
import type { Json } from '../../src/json.ts';
import type { ReferenceImport } from '../../src/records/reference-import.ts';
import { loadTree } from '../../src/reference/load-tree.ts';
import { readReference } from '../../src/reference/read-reference.ts';
import { printable } from '../../src/report/printable.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { driftOf, writeFiles, type Drift, type GeneratedFile } from '../file-drift.ts';
import { needsRepository } from '../needs-repository.ts';
import { defaultService } from '../../suites/services.ts';
import { readImportedFacts } from '../service-specs.ts';
import { renderImport } from './render-import.ts';
import { ownSpecs, specsOf } from './service-manifest.ts';

interface Options {
  readonly service: string;
  readonly specs: string;
  readonly revision?: string;
  readonly date?: string;
  readonly check: boolean;
  readonly json: boolean;
}

export const importCommand = new Command('import')
  .description('Import the facts of an upstream reference, without its prose, into specs/SERVICE/imported.')
  .argument('<dir>', 'reference tree: a project with api-ref/source, or that folder')
  .option('--service <type>', 'service whose specs receive the facts', defaultService)
  .option('--revision <id>', 'revision of the tree (default: that of service.yaml)')
  .option('--date <day>', 'date of the revision')
  .option('--check', 'write nothing; exit with 1 if the imported facts differ from the tree', false)
  .option('--specs <dir>', 'folder of the specs', ownSpecs)
  .option('--json', 'print JSON; its schema is src/records/reference-import.schema.json', false)
  .action((dir: string, options: Options) => {
    process.exitCode = run(dir, options);
  });

/** @throws UsageError when the manifest or all operations of the tree are unreadable; nothing is written then */
function run(dir: string, options: Options): number {
  const { service, specs, check, json } = options;
  if (specs === ownSpecs) needsRepository('Imports into the specs of this package');
  const { imported, files, errors } = planFiles(dir, options);
  const drift = driftOf(files, specs, `${service}/imported`);
  if (!check) writeFiles(files, specs, drift);
  const { entries, added, removed, changed: changedOperations, differing, own } = imported;
  const result: ReferenceImport = {
    ...{ entries, added, removed, changedOperations, differing, own, files: imported.files.length },
    ...drift,
    errors,
  };
  process.stdout.write(
    json ? `${JSON.stringify(result, undefined, 1)}\n` : renderImport(imported, drift, { check, errors }),
  );
  const isOpen = imported.removed.length > 0 || (check && hasDrift(drift));
  return isOpen ? exitCodes.nonConformant : exitCodes.conformant;
}

interface Planned {
  readonly imported: Imported;
  readonly files: readonly GeneratedFile[];
  /** Mistakes of the reference; only what they concern is left out. */
  readonly errors: number;
}

function planFiles(dir: string, { service, specs, revision, date }: Options): Planned {
  if (!existsSync(dir)) throw new UsageError(`There is no reference at ${dir}.`);
  const folder = specsOf(service, specs);
  const manifestFile = join(folder, 'service.yaml');
  const manifestText = withOrigin(readFileSync(manifestFile, 'utf8'), {
    ...(revision !== undefined && { revision }),
    ...(date !== undefined && { date }),
  });
  const { manifest, diagnostics } = readManifest(manifestText, 'service.yaml');
  const tree = loadTree(dir);
  const reference = readReference(tree);
  const isError = ({ severity }: Diagnostic): boolean => severity === 'error';
  const wrong = reference.diagnostics.filter(isError);
  const unusable = diagnostics.filter(isError);
  for (const diagnostic of [...unusable, ...wrong])
    process.stderr.write(`${printable(formatDiagnostic(diagnostic), 2000)}\n`);
  if (!manifest || unusable.length > 0)
    throw new UsageError(`Nothing was imported: ${manifestFile} has ${unusable.length} errors, listed above.`);
  if (reference.operations.length === 0)
    throw new UsageError(`Nothing was imported: the reference at ${dir} has no operation that can be read.`);
  const own = readReference(loadTree(folder));
  const before: readonly FactFile[] = readImportedFacts(folder);
  const imported = planImport({ reference, folder: tree.source, own, manifest, before });
  const provenance = provenanceOf(tree, reference, manifest.origin);
  const files = [
    ...imported.files.map((facts) => ({
      path: `${service}/imported/${facts.source.replace(/\.\w+$/, '')}.json`,
      text: printJson(facts as unknown as Json),
    })),
    { path: `${service}/imported/provenance.json`, text: printJson(provenance) },
    { path: `${service}/service.yaml`, text: withEntries(manifestText, imported.entries) },
  ];
  return { imported, files, errors: wrong.length };
}

function hasDrift({ missing, changed, stale }: Drift): boolean {
  return missing.length + changed.length + stale.length > 0;
}

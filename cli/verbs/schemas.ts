/** `schemas`: generates the contract and its JSON Schemas from the texts in `specs/`; `--check` reports drift. */
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { ratedMembers } from '../../src/contract/confidence.ts';
import { contractOf } from '../../src/contract/cut-revisions.ts';
import type { Contract } from '../../src/contract/model.ts';
import { formatDiagnostic } from '../../src/diagnostic.ts';
import { schemaFiles } from '../../src/schema/schema-files.ts';
import { printable } from '../../src/report/printable.ts';
import type { Generated } from '../../src/records/generated.ts';
import { clausesOfService } from '../../suites/index.ts';
import { defaultService } from '../../suites/services.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { driftOf, writeFiles, type Drift } from '../file-drift.ts';
import { isRepository, needsRepository } from '../needs-repository.ts';
import { ownContract } from '../own-contract.ts';
import { packageRoot } from '../package-root.ts';
import { coveragePage } from '../schemas/coverage-page.ts';
import { writeOpenApi } from '../schemas/openapi.ts';
import { readServiceSpecs, servicesIn } from '../service-specs.ts';

interface Options {
  readonly service?: string;
  readonly check: boolean;
  readonly incomplete: boolean;
  readonly json: boolean;
  readonly out?: string;
  readonly openapi?: string;
  readonly include?: string;
  readonly reference?: string;
  readonly server?: string;
}

export const schemasCommand = new Command('schemas')
  .description('Generate the contract and its JSON Schemas from the texts in specs/.')
  .option('--service <type>', 'one service type, such as compute (default: all)')
  .option('--check', 'write nothing; exit with 1 if files differ from the texts', false)
  .option('--out <place>', 'folder for the files (default: schemas/ of the package), or file for the OpenAPI document')
  .option(
    '--openapi <microversion>',
    'write OpenAPI 3.1 for this microversion, such as 2.89 or latest, to stdout or --out',
  )
  .option('--include <glob>', 'with --openapi: only operations whose id matches, such as "compute/list-*"')
  .option('--reference <dir>', 'with --openapi: use this API reference instead of that of specs/')
  .option('--server <url>', 'with --openapi: URL of the service')
  .option('--incomplete', 'list the inferred members and every place that the reference leaves open', false)
  .option('--json', 'print a line of JSON for each service; its schema is src/records/generated.schema.json', false)
  .action((options: Options) => {
    process.exitCode = run(options);
  });

function run(options: Options): number {
  const { service, check, incomplete, json, out = join(packageRoot, 'schemas'), openapi, ...rest } = options;
  if (openapi !== undefined) {
    if (check || json) throw new UsageError('--openapi writes one document. Leave out --check and --json.');
    writeOpenApi({
      ...rest,
      version: openapi,
      service: service ?? defaultService,
      ...(options.out !== undefined && { out }),
    });
    return exitCodes.conformant;
  }
  const [stray] = Object.keys(rest);
  if (stray !== undefined) throw new UsageError(`--${stray} needs --openapi.`);
  if (!isRepository && (options.out === undefined || check || incomplete))
    needsRepository('schemas --check, schemas --incomplete, and schemas without --out');
  const specs = join(packageRoot, 'specs');
  const known = servicesIn(specs);
  if (service !== undefined && !known.includes(service)) {
    throw new UsageError(`There are no specs for the service "${service}". Pass one of ${known.join(', ')}.`);
  }
  const outcomes = (service === undefined ? known : [service]).map((type) =>
    oneService(type, specs, resolve(out), { check, incomplete }),
  );
  const generated = outcomes.filter((outcome) => outcome !== undefined);
  for (const outcome of generated) process.stdout.write(json ? `${JSON.stringify(outcome)}\n` : asText(outcome, check));
  if (generated.length < outcomes.length) return exitCodes.usage;
  return check && generated.some(hasDrift) ? exitCodes.nonConformant : exitCodes.conformant;
}

/** Undefined when the specs have errors, which are then printed on stderr. */
function oneService(
  service: string,
  specs: string,
  out: string,
  { check, incomplete }: Pick<Options, 'check' | 'incomplete'>,
): Generated | undefined {
  if (!isRepository) return fromContract(service, out);
  const { assembly, diagnostics } = readServiceSpecs(join(specs, service));
  const shown = incomplete ? diagnostics : diagnostics.filter(({ severity }) => severity === 'error');
  for (const diagnostic of shown)
    process.stderr.write(`${printable(`${service}/${formatDiagnostic(diagnostic)}`, 2000)}\n`);
  if (incomplete && assembly) for (const line of inferredLines(assembly.contract)) process.stderr.write(`${line}\n`);
  if (!assembly || diagnostics.some(({ severity }) => severity === 'error')) return undefined;
  const page = coveragePage(assembly, clausesOfService(assembly.contract));
  const files = [...schemaFiles(assembly.draft), { path: `${service}/COVERAGE.md`, text: page }];
  const drift = driftOf(files, out, service);
  if (!check) writeFiles(files, out, drift);
  return { service, ...figures(assembly.contract), complete: assembly.complete.length, files: files.length, ...drift };
}

/** `compute/create-flavor request /flavor/swap: inferred (flavors.inc:91)`. */
function inferredLines({ operations }: Contract): readonly string[] {
  return operations.flatMap((operation) => {
    const inferred = ratedMembers(operation).filter(({ confidence }) => confidence === 'inferred');
    return inferred.map(({ side, place, member: { source } }) => {
      return `${operation.id} ${side} ${place}: inferred (${source.file}:${source.line})`;
    });
  });
}

/** For an installed package, which has the contract but no texts. */
function fromContract(service: string, out: string): Generated {
  const { draft } = ownContract(() => true, service);
  const files = schemaFiles(draft);
  const drift = driftOf(files, out, service);
  writeFiles(files, out, drift);
  return { service, ...figures(contractOf(draft)), files: files.length, ...drift };
}

function figures({ operations }: Contract): Pick<Generated, 'operations' | 'revisions'> {
  return {
    operations: operations.length,
    revisions: operations.reduce((sum, { revisions }) => sum + revisions.length, 0),
  };
}

function hasDrift({ missing, changed, stale }: Drift): boolean {
  return missing.length + changed.length + stale.length > 0;
}

function asText(outcome: Generated, check: boolean): string {
  const { service, operations, revisions, files, complete, missing, changed, stale } = outcome;
  const words = check
    ? ['missing', 'differs', 'no longer generated from the texts']
    : ['written', 'overwritten', 'removed'];
  const lines = [missing, changed, stale].flatMap((paths, index) =>
    paths.map((path) => `${path}: ${words[index] ?? ''}`),
  );
  const trees = complete === undefined ? '' : `; body trees complete for ${complete} of ${operations}`;
  const summary = `${service}: ${operations} operations, ${revisions} revisions, ${files} files${trees}`;
  const hint = check && hasDrift(outcome) ? ['Run `npm run schemas` and review the difference.'] : [];
  return [...lines, summary, ...hint, ''].join('\n');
}

/** `schemas --openapi`: writes one document for one microversion, from our specs or from another reference. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fitsPattern } from '../../src/planning/selection.ts';
import { contractOf } from '../../src/contract/cut-revisions.ts';
import type { Contract } from '../../src/contract/model.ts';
import { printJson } from '../../src/contract/print-json.ts';
import { formatDiagnostic } from '../../src/diagnostic.ts';
import { formatRange, includes, parseMicroversion, type Microversion } from '../../src/microversion.ts';
import { openApiDocument } from '../../src/openapi/document.ts';
import { leftOut } from '../../src/openapi/group-operations.ts';
import { UsageError } from '../errors.ts';
import { ownContract } from '../own-contract.ts';
import { packageRoot } from '../package-root.ts';
import { readServiceSpecs, servicesIn } from '../service-specs.ts';
import { writeWhole } from '../files/write-whole.ts';

export interface OpenApiOptions {
  /** `2.89` or `latest`. */
  readonly version: string;
  readonly service: string;
  readonly include?: string;
  readonly reference?: string;
  readonly server?: string;
  /** A file; stdout when missing. */
  readonly out?: string;
}

export function writeOpenApi(options: OpenApiOptions): void {
  const contract = contractFor(options);
  const version = versionIn(contract, options.version);
  const { include, server, out } = options;
  const isWanted = ({ id }: { readonly id: string }): boolean => include === undefined || fitsPattern(include, id);
  const document = openApiDocument(contract, version, { isWanted, ...(server !== undefined && { server }) });
  if (Object.keys(document.paths ?? {}).length === 0) {
    throw new UsageError(`No operation${include === undefined ? '' : ` that matches "${include}"`} exists at ${options.version}.`);
  }
  for (const { id, method, path } of leftOut(contract.operations.filter(isWanted), version)) {
    process.stderr.write(`${id} is not in the document: OpenAPI has no place for ${method} ${path}.\n`);
  }
  if (out === undefined) process.stdout.write(printJson(document));
  else writeWhole(out, printJson(document));
}

function contractFor({ service, reference }: OpenApiOptions): Contract {
  const specs = join(packageRoot, 'specs');
  const known = servicesIn(specs);
  if (!known.includes(service)) {
    throw new UsageError(`There are no specs for the service "${service}". Pass one of ${known.join(', ')}.`);
  }
  if (reference === undefined) return contractOf(ownContract(() => true, service).draft);
  if (!existsSync(reference)) throw new UsageError(`There is no reference at ${reference}.`);
  const { assembly, diagnostics } = readServiceSpecs(join(specs, service), { tree: reference });
  // Errata correct our reference: one that finds nothing to correct in another reference is no error.
  const errors = diagnostics.filter(({ severity, at }) => severity === 'error' && at.file !== 'errata.yaml');
  for (const diagnostic of errors) process.stderr.write(`${formatDiagnostic(diagnostic)}\n`);
  if (assembly && assembly.contract.operations.length > 0) return assembly.contract;
  throw new UsageError(`The reference at ${reference} has no operation that can be read.`);
}

/** A service without microversions has one version, which is the latest. */
function versionIn({ microversions, service, operations }: Contract, text: string): Microversion {
  const [any] = operations;
  const last = microversions ? microversions.range.last : any?.range.first;
  const version = text === 'latest' ? last : parseMicroversion(text);
  if (!version) throw new UsageError(`--openapi "${text}" is not a microversion. Write 2.89 or latest.`);
  if (!microversions || includes(microversions.range, version)) return version;
  throw new UsageError(`--openapi ${text}: the texts of ${service} cover ${formatRange(microversions.range)}.`);
}

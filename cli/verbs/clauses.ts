/** `clauses`: lists the clauses, writes their index and lock, and checks their coverage of the specs. */
import { join } from 'node:path';
import { Command } from 'commander';
import { checkCoverage, checkOtherReference } from '../../src/spec-coverage/check.ts';
import { coverageOfAll } from '../../src/spec-coverage/coverage.ts';
import { figuresOf } from '../../src/spec-coverage/figures.ts';
import { indexPage } from '../../src/spec-coverage/index-page.ts';
import { updateLock, writeLock } from '../../src/spec-coverage/lock.ts';
import { levelOf, type Clause } from '../../src/clauses/clause.ts';
import { everything, selects } from '../../src/planning/selection.ts';
import { formatDiagnostic, type Diagnostic } from '../../src/diagnostic.ts';
import { formatRange } from '../../src/microversion.ts';
import { hasCoverageCheck } from '../../suites/index.ts';
import { ownManifests, type ReferenceOptions } from '../chosen-contract.ts';
import { files, openClauses, ownText, type OpenClauses } from '../clauses/open-clauses.ts';
import { renderCoverage } from '../clauses/render-coverage.ts';
import type { ClauseCheck } from '../../src/records/clause-check.ts';
import type { ListedClause } from '../../src/records/clauses.ts';
import { printable } from '../../src/report/printable.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';
import { needsRepository } from '../needs-repository.ts';
import { writeFigures } from '../plan/write-figures.ts';
import { recordedFigures } from '../mutation-test/records/open-records.ts';
import { chosenResources } from '../run/chosen-resources.ts';
import { writeCosts } from '../run-folders/write-costs.ts';
import { loadSuites } from '../extension-suites/load-suites.ts';
import { readmeFile, staleFigures, withFigures } from '../clauses/readme-figures.ts';
import { renderFigures } from '../clauses/render-figures.ts';
import { withUntested } from '../clauses/with-untested.ts';
import { writeWhole } from '../files/write-whole.ts';

interface Options extends ReferenceOptions {
  readonly include: readonly string[];
  readonly resource: readonly string[];
  readonly write?: true;
  readonly check?: true;
  readonly coverage?: string;
  readonly costs?: string;
  readonly figures?: string;
  readonly checkedBy: readonly string[];
  readonly microversions: string;
  readonly accept?: string;
  readonly because?: string;
  readonly json?: true;
  readonly suite?: readonly string[];
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

export const clausesCommand = new Command('clauses')
  .description('List the clauses, and check that every statement of the specs has a clause or a reason why not.')
  .option('--resource <name>', 'list only the clauses of this resource, such as server-groups; repeatable', collect, [])
  .option('--include <glob>', 'operations or clauses to list; repeatable', collect, [])
  .option('--check', 'exit with 1 if a statement of the specs has neither clause nor reason, or an id changed')
  .option('--write', 'write suites/CLAUSES.md and the lock')
  .option('--accept <glob>', 'with --write: clauses that may be removed from the lock or reworded in it')
  .option('--because <reason>', 'with --accept: the reason')
  .option(
    '--coverage <run>',
    'show what a run decided: operations by status codes and microversions, by roles, and by states',
  )
  .option('--costs <run>', 'write the costs of the cases of a run to suites/costs.json, which shards are balanced by')
  .option('--figures <run>', 'write the usage of a run to suites/figures.json, which plans are estimated by')
  .option(
    '--checked-by <run>',
    'with --figures: a run to compare with the estimate of its cases; repeatable',
    collect,
    [],
  )
  .option('--microversions <list>', 'columns of --coverage', '2.1,2.20,2.49,2.60,2.70,2.79,2.85,2.89,2.101')
  .option('--reference <dir>', 'list the clauses of this API reference instead of that of specs/')
  .option('--reference-base <dir>', 'where to find parameters and samples that it lacks')
  .option('--reference-manifest <file>', `its manifest: a file, or a name in ${ownManifests}`)
  .option('--suite <file>', 'also list the clauses of this module; repeatable', collect, [])
  .option('--json', 'print JSON; its schema is clauses, clause-check or coverage.schema.json in src/records')
  .action(async (options: Options) => {
    process.exitCode = await run(options);
  });

async function run(options: Options): Promise<number> {
  if ((options.accept === undefined) !== (options.because === undefined)) {
    throw new UsageError('--accept and --because need each other. Pass both, or neither.');
  }
  if (options.checkedBy.length > 0 && options.figures === undefined) {
    throw new UsageError('--checked-by needs --figures RUN.');
  }
  if (options.reference === undefined && (options.check || options.write))
    needsRepository('clauses --check and --write');
  const isList = options.costs === undefined && options.coverage === undefined && !options.write && !options.check;
  const opened = await openClauses(
    options,
    (id) => isList || hasCoverageCheck(id),
    await loadSuites(options.suite ?? []),
  );
  if (opened.extensionClauses.length > 0 && !isList)
    throw new UsageError(
      '--suite only extends the list of clauses. Leave it out with --check, --write, --coverage, --costs and --figures.',
    );
  if (options.costs !== undefined) return writeCosts(options.costs);
  if (options.figures !== undefined) return writeFigures(options.figures, options.checkedBy);
  if (options.coverage !== undefined) return renderCoverage(options.coverage, options, opened.ledger);
  if (options.write) return write(opened, options);
  return options.check ? check(opened, options) : list(opened, options);
}

function list(opened: OpenClauses, { include, resource, json }: Options): number {
  const selection = { ...everything, include, resources: chosenResources(resource) };
  const chosen = withUntested(opened).filter((clause) => selects(selection, clause));
  const text = json ? JSON.stringify(chosen.map(plain), undefined, 1) : chosen.map(line).join('\n');
  process.stdout.write(`${text}\n`);
  return exitCodes.conformant;
}

function plain(clause: Clause): ListedClause {
  const { id, operation, suite, kind, statement, source, quotes, about, ranges, errata, killedBy, unprepared } = clause;
  const range = ranges.map(formatRange).join(', ');
  return {
    ...{
      id,
      operation,
      ...(suite !== undefined && { suite }),
      level: levelOf(statement),
      kind,
      range,
      statement,
      source,
    },
    ...{ quotes, about, errata, killedBy, ...(unprepared !== undefined && { unprepared }) },
  };
}

function line({ id, statement, kind, ranges, source }: Clause): string {
  const range = ranges.map(formatRange).join(', ');
  return `${id}  ${levelOf(statement)}  ${kind}  ${range}  ${statement}  ${source.file}:${source.line}`;
}

function check({ ledger, diagnostics, isOther }: OpenClauses, { json }: Options): number {
  const problems = [...diagnostics, ...(isOther ? checkOtherReference(ledger) : checkCoverage(ledger))];
  if (!isOther && ownText(files.index) !== indexOf(ledger)) problems.push(staleIndex);
  const stale = isOther ? undefined : staleFigures(ownText(readmeFile), recordedFigures());
  if (stale) problems.push(stale);
  const coverage = coverageOfAll(ledger.contracts, ledger.clauses);
  const figures = figuresOf(ledger.clauses, coverage, ledger.untested);
  const checked: ClauseCheck = { diagnostics: problems, figures };
  if (json) process.stdout.write(`${JSON.stringify(checked, undefined, 1)}\n`);
  else
    process.stdout.write(
      [...problems.map((problem) => printable(formatDiagnostic(problem), 2000)), ...renderFigures(figures), ''].join(
        '\n',
      ),
    );
  return problems.length > 0 ? exitCodes.nonConformant : exitCodes.conformant;
}

const staleIndex: Diagnostic = {
  severity: 'error',
  code: 'stale-index',
  at: { file: files.index, line: 1, column: 1 },
  message: 'the index does not match the clauses',
  expected: '`npm run accept`',
};

function write({ ledger, isOther }: OpenClauses, { accept, because }: Options): number {
  if (isOther) throw new UsageError('--write works for the reference of specs/ only. Leave out --reference.');
  const accepted = accept === undefined || because === undefined ? undefined : { glob: accept, because };
  writeWhole(join(packageRoot, files.index), indexOf(ledger));
  writeWhole(join(packageRoot, files.lock), writeLock(updateLock(ledger.lock, ledger.clauses, accepted)));
  const readme = withFigures(ownText(readmeFile), recordedFigures());
  writeWhole(join(packageRoot, readmeFile), readme);
  process.stdout.write(`${files.index} and ${files.lock}: ${ledger.clauses.length} clauses\n`);
  return exitCodes.conformant;
}

function indexOf({ contracts, clauses, untested }: OpenClauses['ledger']): string {
  const proof = recordedFigures();
  return indexPage({
    contracts,
    clauses,
    coverage: coverageOfAll(contracts, clauses),
    untested,
    ...(proof === undefined ? {} : { proof }),
  });
}

/** `reference lint`: reports mistakes in a reference to its authors. */
import { Command } from 'commander';
import { renderLintSarif } from '../../reporters/lint/sarif.ts';
import { renderCodes, renderLint } from '../../reporters/lint/text.ts';
import type { Severity } from '../../src/diagnostic.ts';
import { lintCodes } from '../../src/lint/codes.ts';
import { countOf, lintTree } from '../../src/lint/lint-tree.ts';
import type { LintReport } from '../../src/records/lint.ts';
import { UsageError, exitCodes } from '../errors.ts';
import { toolVersion } from '../tool-version.ts';
import { openTree } from './open-tree.ts';
import { specsOf } from './service-manifest.ts';
import { writeWhole } from '../files/write-whole.ts';

interface Options {
  readonly base?: string;
  readonly codes?: true;
  readonly failOn: string;
  readonly json?: true;
  readonly level: string;
  readonly sarif?: string;
  readonly service?: string;
}

export const lintCommand = new Command('lint')
  .description('Report mistakes in a reference with file, line and column; exit with 1 if one is an error.')
  .argument('[dir]', 'a project with api-ref/source, that folder, or one fragment')
  .option('--service <type>', 'instead of a folder: the texts of this package on that service, such as compute')
  .option('--base <dir>', 'where to find parameters, status files and samples that the tree lacks')
  .option('--codes', 'list all diagnostic codes with their meaning, and exit')
  .option('--fail-on <severity>', 'exit with 1 from this severity on: error, warning or info', 'error')
  .option(
    '--level <severity>',
    'lowest severity in the text output: error, warning or info; JSON and SARIF contain all',
    'warning',
  )
  .option('--json', 'print JSON; its schema is lint or lint-codes.schema.json in src/records')
  .option('--sarif <file>', 'also write SARIF 2.1.0')
  .action((dir: string | undefined, options: Options) => {
    process.exitCode = options.codes ? listCodes(options) : lint(dir, options);
  });

function listCodes({ json }: Options): number {
  process.stdout.write(json ? `${JSON.stringify(lintCodes, undefined, 2)}\n` : renderCodes(lintCodes));
  return exitCodes.conformant;
}

function lint(dir: string | undefined, { base, failOn, json, level, sarif, service }: Options): number {
  const folder = folderFor(dir, service);
  const gate = severityNamed('--fail-on', failOn);
  const shown = severityNamed('--level', level);
  const report = lintTree(openTree(folder), base === undefined ? {} : { base: openTree(base) });
  if (sarif !== undefined) {
    const tool = { name: 'openstack-conformance reference lint', version: toolVersion, codes: lintCodes };
    writeWhole(sarif, renderLintSarif(report, tool));
  }
  process.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : renderLint(report, shown));
  return reaches(report, gate) ? exitCodes.nonConformant : exitCodes.conformant;
}

function folderFor(dir: string | undefined, service: string | undefined): string {
  if (dir !== undefined && service !== undefined)
    throw new UsageError('A folder and --service exclude each other. Pass one of them.');
  if (service !== undefined) return specsOf(service);
  if (dir === undefined) throw new UsageError('No reference is given. Pass the folder of one, --service, or --codes.');
  return dir;
}

const severities: readonly Severity[] = ['error', 'warning', 'info'];

function severityNamed(option: string, text: string): Severity {
  const found = severities.find((severity) => severity === text);
  if (!found) throw new UsageError(`${option} ${text} is unknown. Pass one of ${severities.join(', ')}.`);
  return found;
}

function reaches(report: LintReport, gate: Severity): boolean {
  return severities.slice(0, severities.indexOf(gate) + 1).some((severity) => countOf(report, severity) > 0);
}

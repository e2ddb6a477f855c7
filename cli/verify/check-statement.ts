/** Checks that the statement of a folder describes its manifest, its report and its result. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../../src/json.ts';
import { manifestFile, statementFile } from '../../src/report/manifest.ts';
import { parserOf } from '../../src/records/parser.ts';
import type { Statement } from '../../src/records/statement.ts';
import type { RunReport } from '../../src/records/report.ts';
import { formatStatement, resultOf, type Digests } from '../../src/report/statement.ts';
import { sha256 } from '../run/seal-folder.ts';
import { toolVersion } from '../tool-version.ts';

const otherSubject = 'The statement does not describe the manifest beside it.';

/** Before the journal is read: returns a sentence if the statement does not describe the manifest. */
export function checkSubject(folder: string): string | undefined {
  const { manifest } = digestsOf(folder);
  return subjectsIn(textOf(folder)).get(manifestFile) === manifest ? undefined : otherSubject;
}

/** Returns a sentence if the statement differs from the result of the run. */
export function checkStatement(folder: string, report: RunReport): string | undefined {
  const text = textOf(folder);
  const digests = digestsOf(folder);
  const isRight =
    report.tool.version === toolVersion ? text === formatStatement(report, digests) : agrees(text, digests, report);
  return isRight ? undefined : 'The statement differs from what journal and evidence say of the run.';
}

/** Other versions may list more; subject and result are the same in all. */
function agrees(text: string, digests: Digests, report: RunReport): boolean {
  const subjects = subjectsIn(text);
  return (
    subjects.get(manifestFile) === digests.manifest &&
    subjects.get('report.json') === digests.report &&
    statementIn(text)?.predicate.result === resultOf(report)
  );
}

function subjectsIn(text: string): ReadonlyMap<string, string> {
  return new Map(statementIn(text)?.subject.map(({ name, digest }) => [name, digest.sha256]));
}

function statementIn(text: string): Statement | undefined {
  const parsed = parserOf('statement')(parseJson(text));
  return parsed.is === 'valid' ? parsed.value : undefined;
}

function digestsOf(folder: string): Digests {
  const report = join(folder, 'report.json');
  return {
    manifest: sha256(readFileSync(join(folder, manifestFile))),
    report: existsSync(report) ? sha256(readFileSync(report)) : undefined,
  };
}

function textOf(folder: string): string {
  return readFileSync(join(folder, statementFile), 'utf8');
}

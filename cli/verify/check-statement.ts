/** Is the statement of a folder about its manifest, its report and its result, and about nothing else? */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, jsonList, jsonObject, jsonText, parseJson } from '../../src/json.ts';
import { manifestFile, statementFile } from '../../src/report/manifest.ts';
import type { RunReport } from '../../src/report/record.ts';
import { formatStatement, resultOf, statementTypes, type Digests } from '../../src/report/statement.ts';
import { sha256 } from '../run/seal-folder.ts';
import { toolVersion } from '../tool-version.ts';

const aboutAnother = 'The statement is about another manifest than the one beside it.';

/** Before the journal is known: a sentence when it is not about the manifest. */
export function checkSubject(folder: string): string | undefined {
  const { manifest } = digestsOf(folder);
  return subjectsIn(textOf(folder)).get(manifestFile) === manifest ? undefined : aboutAnother;
}

/** A sentence when it says something else than the run comes to. */
export function checkStatement(folder: string, report: RunReport): string | undefined {
  const text = textOf(folder);
  const digests = digestsOf(folder);
  const isRight =
    report.tool.version === toolVersion ? text === formatStatement(report, digests) : saysSo(text, digests, report);
  return isRight ? undefined : 'The statement says something else of the run than journal and evidence do.';
}

/** Other versions may list more; what it is about and the result are the same in all. */
function saysSo(text: string, digests: Digests, report: RunReport): boolean {
  const statement = jsonObject(parseJson(text));
  const subjects = subjectsIn(text);
  return (
    statement._type === statementTypes._type &&
    statement.predicateType === statementTypes.predicateType &&
    subjects.get(manifestFile) === digests.manifest &&
    subjects.get('report.json') === digests.report &&
    jsonText(jsonObject(statement.predicate).result) === resultOf(report)
  );
}

function subjectsIn(text: string): ReadonlyMap<string, string> {
  const subjects = jsonList(jsonObject(parseJson(text)).subject).filter(isJsonObject);
  return new Map(subjects.map(({ name, digest }) => [jsonText(name) ?? '', jsonText(jsonObject(digest).sha256) ?? '']));
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

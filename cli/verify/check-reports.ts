/** Checks that the reports in a folder are those generated from its journal and evidence. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reporters } from '../../reporters/index.ts';
import { openRunFolder } from '../run/run-folder.ts';
import { toolVersion } from '../tool-version.ts';
import type { Outcome } from './check-files.ts';

export function checkReports(folder: string): Outcome {
  const record = openRunFolder(folder).read();
  const { tool } = record.report;
  const isOwn = tool.version === toolVersion;
  let same = 0;
  // Other versions of the tool may render differently; the JSON record is the same in all.
  const compared = reporters
    .filter(({ id }) => isOwn || id === 'json')
    .filter(({ folder: own }) => own === undefined || existsSync(join(folder, own)));
  for (const reporter of compared) {
    for (const { path, text } of reporter.render(record)) {
      const file = join(folder, path);
      if (!existsSync(file)) continue;
      if (readFileSync(file, 'utf8') !== text) return { refused: `${path} differs from the journal and the evidence.` };
      same += 1;
    }
  }
  if (!existsSync(join(folder, 'report.json'))) return { refused: 'report.json is missing.' };
  const rest = isOwn ? '' : `; the other formats were written by version ${tool.version} and were not compared`;
  return { confirmed: `${same} report files match the journal and the evidence${rest}.` };
}

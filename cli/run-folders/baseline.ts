/** `--baseline`: compares the run with an earlier one when it completes. */
import { renderDiffPage } from '../../reporters/run-diff/markdown.ts';
import type { RunFolder } from '../run/run-folder.ts';
import type { Comparison } from '../run/run-kind.ts';
import { compareFolders, diffJson, refuseDamaged, formatRunDiff } from './compare.ts';
import type { Gate } from './fail-on.ts';

/** With a gate, the comparison sets the exit code. @throws UsageError at once when the baseline is not a run folder */
export function againstBaseline(
  baseline: string,
  gate: Gate | undefined,
  quiet: boolean,
): (folder: RunFolder) => Comparison {
  refuseDamaged(baseline);
  return (folder) => {
    const diff = compareFolders(baseline, folder.path);
    folder.write([
      { path: 'diff.json', text: diffJson(diff) },
      { path: 'diff.md', text: renderDiffPage(diff) },
    ]);
    const text = quiet ? '' : `\n${formatRunDiff(diff, 'text')}`;
    return gate ? { text, code: gate(diff) } : { text };
  };
}

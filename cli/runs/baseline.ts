/** `--baseline`: the difference to an earlier run, as soon as the run has come to its end. */
import { renderDiffPage } from '../../reporters/diff/markdown.ts';
import type { RunFolder } from '../run/run-folder.ts';
import type { Comparison } from '../run/run-kind.ts';
import { compareFolders, diffJson, refuseDamaged, tellDiff } from './compare.ts';
import type { Gate } from './fail-on.ts';

/** With a gate, the comparison sets the exit code. @throws UsageError at once when the baseline is no run */
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
    const text = quiet ? '' : `\n${tellDiff(diff, 'text')}`;
    return gate ? { text, code: gate(diff) } : { text };
  };
}

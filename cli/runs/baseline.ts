/** `--baseline`: the difference to an earlier run, as soon as the run has come to its end. */
import { renderDiffPage } from '../../reporters/diff/markdown.ts';
import type { RunFolder } from '../run/run-folder.ts';
import { compareFolders, diffJson, refuseDamaged, tellDiff } from './compare.ts';
import type { Gate } from './fail-on.ts';

/** What to do afterwards; with a gate, it sets the exit code. @throws UsageError at once when the baseline is no run */
export function againstBaseline(
  baseline: string,
  gate: Gate | undefined,
  quiet: boolean,
): (folder: RunFolder, code: number) => number {
  refuseDamaged(baseline);
  return (folder, code) => {
    const diff = compareFolders(baseline, folder.path);
    folder.write([
      { path: 'diff.json', text: diffJson(diff) },
      { path: 'diff.md', text: renderDiffPage(diff) },
    ]);
    if (!quiet) process.stdout.write(`\n${tellDiff(diff, 'text')}`);
    return gate?.(diff) ?? code;
  };
}

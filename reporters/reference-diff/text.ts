/** The difference of two reference trees, for a terminal. */
import type { OperationDiff, ReferenceDiff } from '../../src/reference-diff/model.ts';
import {
  isSentence,
  describeChange,
  describeFigures,
  describeSentences,
  describeSides,
  type KindTable,
} from './describe-change.ts';

export function renderReferenceDiff(diff: ReferenceDiff, kinds: KindTable): string {
  const [before = '', after = ''] = describeSides(diff);
  return [
    `before  ${before}`,
    `after   ${after}`,
    ...diff.operations.flatMap((operation) => ['', ...entry(operation, kinds)]),
    '',
    describeFigures(diff),
    '',
  ].join('\n');
}

function entry({ title, method, path, file, changes }: OperationDiff, kinds: KindTable): readonly string[] {
  const sentences = changes.filter(isSentence);
  return [
    `${title} (${method} ${path}, ${file})`,
    ...changes
      .filter((change) => !isSentence(change))
      .map((change) => {
        return `  ${change.class.padEnd(10)} ${(change.range ?? '').padEnd(12)} ${describeChange(change, kinds)}`;
      }),
    ...(sentences.length > 0 ? [`  text       ${' '.repeat(13)}${describeSentences(sentences.length)}`] : []),
  ];
}

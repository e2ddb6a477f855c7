/** The difference of two reference trees as a page for release notes, breaking changes first. */
import type { Change, OperationDiff, ReferenceDiff } from '../../src/reference-diff/model.ts';
import type { ChangeClass } from '../../src/reference-diff/change-kinds.ts';
import { code, prose } from '../markdown-text.ts';
import {
  isSentence,
  describeChange,
  describeFigures,
  describeSentences,
  describeSides,
  type KindTable,
} from './describe-change.ts';

const headings: readonly (readonly [ChangeClass, string])[] = [
  ['breaking', 'Breaking'],
  ['compatible', 'Compatible'],
  ['text', 'Text only'],
];

export function renderReferenceDiffPage(diff: ReferenceDiff, kinds: KindTable): string {
  return `${[
    `# API changes from ${code(diff.before.name)} to ${code(diff.after.name)}`,
    describeSides(diff)
      .map((side) => `- ${prose(side)}`)
      .join('\n'),
    `${prose(describeFigures(diff))}.`,
    ...headings.flatMap(([name, title]) => section(diff, name, title, kinds)),
  ].join('\n\n')}\n`;
}

function section({ operations }: ReferenceDiff, name: ChangeClass, title: string, kinds: KindTable): readonly string[] {
  const own = operations.flatMap((operation) => {
    const changes = operation.changes.filter((change) => change.class === name);
    return changes.length > 0 ? [entry({ ...operation, changes }, kinds)] : [];
  });
  return own.length > 0 ? [`## ${title}`, ...own] : [];
}

function entry({ title, method, path, changes }: OperationDiff, kinds: KindTable): string {
  const sentences = changes.filter(isSentence).length;
  const lines = [
    ...changes.filter((change) => !isSentence(change)).map((change) => line(change, kinds)),
    ...(sentences > 0 ? [`- ${describeSentences(sentences)}`] : []),
  ];
  return [`**${prose(title)}** (${code(`${method} ${path}`)})`, lines.join('\n')].join('\n\n');
}

function line(change: Change, kinds: KindTable): string {
  const { range, place, isNewMicroversion } = change;
  const phrase = describeChange({ ...change, place: '' }, kinds);
  const where = place === '' ? '' : ` ${code(place)}`;
  const when = range === undefined ? '' : ` (${isNewMicroversion ? 'new microversions' : 'microversions'} ${range})`;
  return `- ${prose(phrase)}${where}${when}`;
}

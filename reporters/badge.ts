/**
 * `badge.svg`: verdict and counts for a README. It has no script, no font and no external resource; the colours have a
 * contrast of at least 4.5 to the white text, and the text says what the colours mean.
 */
import type { Reporter } from '../src/report/record.ts';
import type { RunReport, ScopeReport } from '../src/records/report.ts';
import type { RunVerdict } from '../src/records/shared.ts';
import { countOpen } from '../src/report/tally.ts';
import { formatXml, type XmlElement } from './xml.ts';

export const badgeReporter: Reporter = {
  id: 'badge',
  summary: 'badge.svg, verdict and counts for a README',
  render: ({ report }) => [{ path: 'badge.svg', text: formatXml(badge(report)) }],
};

export const badgeColours: Readonly<Record<RunVerdict | 'label', string>> = {
  label: '#3d444d',
  conformant: '#1a7f37',
  passed: '#0b5cad',
  'non-conformant': '#b42318',
  partial: '#8a5300',
};

const height = 20;
const padding = 7;
/** The average of Verdana at 11 pixels; `textLength` scales the text to the calculated width. */
const characterWidth = 6.6;

function badge(report: RunReport): XmlElement {
  const label = 'OpenStack API';
  const message = describeBadge(report);
  const left = widthOf(label);
  const right = widthOf(message);
  const title = `${label}: ${message}`;
  return {
    name: 'svg',
    attributes: {
      xmlns: 'http://www.w3.org/2000/svg',
      width: left + right,
      height,
      viewBox: `0 0 ${left + right} ${height}`,
      role: 'img',
      'aria-label': title,
    },
    children: [
      { name: 'title', text: title },
      rectangle(0, left, badgeColours.label),
      rectangle(left, right, badgeColours[report.verdict]),
      words(label, 0, left),
      words(message, left, right),
    ],
  };
}

/** `conformant, 530 passed`, `passed, 499 of 538 clauses, 499 passed`: counts of clauses. */
function describeBadge({ verdict, vacuous, scope, counts: { clauses } }: RunReport): string {
  const open = countOpen(clauses);
  const parts: readonly (readonly [number, string])[] = [
    [clauses.fail, 'failed'],
    [clauses.pass + clauses.warn, 'passed'],
    [clauses.waived, 'waived'],
    [open, 'not decided'],
  ];
  const figures = parts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : []));
  return [vacuous === undefined ? verdict : `${verdict}, vacuous`, ...describePart(scope), ...figures].join(', ');
}

/** The selected part of the clauses, or else of the cases; empty for all of them. */
function describePart(scope: ScopeReport | undefined): readonly string[] {
  if (!scope) return ['scope not recorded'];
  const parts = [
    [scope.clauses, 'clauses'],
    [scope.cases, 'cases'],
  ] as const;
  const [part] = parts.filter(([{ selected, total }]) => selected < total);
  return part ? [`${part[0].selected} of ${part[0].total} ${part[1]}`] : [];
}

function rectangle(x: number, width: number, fill: string): XmlElement {
  return { name: 'rect', attributes: { x, width, height, fill } };
}

function words(text: string, x: number, width: number): XmlElement {
  return {
    name: 'text',
    attributes: {
      x: x + padding,
      y: 14,
      textLength: width - 2 * padding,
      lengthAdjust: 'spacingAndGlyphs',
      fill: '#ffffff',
      'font-family': 'Verdana, DejaVu Sans, Geneva, sans-serif',
      'font-size': 11,
    },
    text,
  };
}

function widthOf(text: string): number {
  return Math.round(text.length * characterWidth) + 2 * padding;
}

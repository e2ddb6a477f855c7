/** How a verdict looks and what it is called; never told by colour alone. */
import type { VerdictKind } from '../../src/conformance/verdict.ts';
import { html, type Markup } from './markup.ts';

export const signs: Readonly<Record<VerdictKind, string>> = {
  pass: '✓',
  fail: '✕',
  warn: '!',
  waived: '≈',
  unstable: '≁',
  error: '↯',
  inconclusive: '?',
  'not-attempted': '–',
  'not-applicable': '·',
};

export const meanings: Readonly<Record<VerdictKind, string>> = {
  pass: 'The exchanges that decide the clause were seen, and it held.',
  fail: 'They were seen, and it did not hold.',
  warn: 'A SHOULD did not hold. That is told, and does not make a target non-conformant.',
  waived: 'It did not hold, as listed beforehand among the known failures, with a reason and an end date.',
  unstable: 'It failed, and passed when it was run again alone on fresh fixtures. It counts as not decided.',
  error: 'The harness or the network broke. Nothing is said about the target.',
  inconclusive: 'It was tried, but the precondition could not be reached.',
  'not-attempted': 'It was selected and never tried. It does not count as held.',
  'not-applicable': 'The contract does not bind this target there.',
};

/** `from 2.70`, `2.1–2.48`. */
export function rangeWords(range: string): string {
  return range
    .split(', ')
    .map((one) => (one.endsWith('-') ? `from ${one.slice(0, -1)}` : one.replace('-', '–')))
    .join(', ');
}

export function kindWords(kind: VerdictKind): string {
  return kind.replace('-', ' ');
}

/** The sign in its colour, with its name for who cannot see it. */
export function verdictSign(kind: VerdictKind): Markup {
  return html`<span class=${`sign ${kind}`} title=${kindWords(kind)} role="img" aria-label=${kindWords(kind)}
    >${signs[kind]}</span
  >`;
}

export function verdictBadge(kind: VerdictKind): Markup {
  return html`<span class=${`badge ${kind}`}><span aria-hidden="true">${signs[kind]}</span> ${kindWords(kind)}</span>`;
}

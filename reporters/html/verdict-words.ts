/** The sign, name and meaning of each verdict; never shown by colour alone. */
import type { VerdictKind } from '../../src/clauses/verdict.ts';
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
  pass: 'The exchanges that decide the clause were observed, and the target conforms to it.',
  fail: 'The exchanges that decide the clause were observed, and the target deviates from it.',
  warn: 'The target deviates from a SHOULD. This does not make it non-conformant.',
  waived: 'A known failure, listed in advance with a reason and an expiry date.',
  unstable: 'The case failed, and passed when it was run again alone on new fixtures. It counts as not decided.',
  error: 'The harness or the network failed. This says nothing about the target.',
  inconclusive: 'The case was tried, but its precondition could not be reached.',
  'not-attempted': 'The case was selected but not tried. It does not count as passed.',
  'not-applicable': 'The clause does not apply to this target.',
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

/** The sign in its colour, with its name for screen readers. */
export function verdictSign(kind: VerdictKind): Markup {
  return html`<span class=${`sign ${kind}`} title=${kindWords(kind)} role="img" aria-label=${kindWords(kind)}
    >${signs[kind]}</span
  >`;
}

export function verdictBadge(kind: VerdictKind): Markup {
  return html`<span class=${`badge ${kind}`}><span aria-hidden="true">${signs[kind]}</span> ${kindWords(kind)}</span>`;
}

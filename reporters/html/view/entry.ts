/** One entry of the reference, with the clauses that decide it folded below. */
import type { DecidedBy } from '../../../src/records/outline.ts';
import { countVerdicts, foldVerdicts, type VerdictKind } from '../../../src/report/tally.ts';
import { html, type Markup } from '../markup.ts';
import { verdictSign } from '../verdict-words.ts';
import { clauseList } from './clause-list.ts';
import type { ReferenceFacts } from './page-facts.ts';
import { tally } from './tally.ts';

/** Entries with failures are open, so that they are read and printed. */
const opened: ReadonlySet<VerdictKind> = new Set(['fail']);

export function entry(decidedBy: DecidedBy, words: Markup, ids: readonly string[], facts: ReferenceFacts): Markup {
  const kinds = ids.flatMap((id) => facts.placing.clause(id)?.verdict ?? []);
  if (kinds.length === 0) return undecidedEntry(decidedBy, words);
  const worst = foldVerdicts(kinds);
  const open = opened.has(worst) && ids.some((id) => isFailingMainEntry(decidedBy, id, facts));
  return html`<details class="entry" open=${open}>
    <summary>${verdictSign(worst)}<span class="said">${words}</span>${tally(countVerdicts(kinds), 'clauses')}</summary>
    ${clauseList(decidedBy, ids, facts)}
  </details>`;
}

function isFailingMainEntry(decidedBy: DecidedBy, id: string, { placing }: ReferenceFacts): boolean {
  return placing.isMainEntry(decidedBy, id) && placing.clause(id)?.verdict === 'fail';
}

function undecidedEntry({ by, untested, unselected }: DecidedBy, words: Markup): Markup {
  const why =
    untested !== undefined
      ? `No clause: ${untested}`
      : unselected !== undefined
        ? `Not selected in this run: ${unselected} ${unselected === 1 ? 'clause' : 'clauses'}.`
        : by.length > 0
          ? 'Decided by clauses that are not in this record.'
          : 'No clause decides this.';
  return html`<div class="entry bare">
    <span class="sign none" aria-hidden="true"></span>
    <span class="said">${words}<span class="why">${why}</span></span>
  </div>`;
}

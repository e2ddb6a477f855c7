/** The clauses of an entry of the reference: in full at their main entry, as references at the others. */
import type { DecidedBy } from '../../../src/records/outline.ts';
import { formatAddress } from '../address.ts';
import { html, type Markup } from '../markup.ts';
import type { PageClause } from '../page-data.ts';
import { rangeWords, verdictSign } from '../verdict-words.ts';
import type { ReferenceFacts } from './page-facts.ts';

export function clauseList(entry: DecidedBy, ids: readonly string[], facts: ReferenceFacts): Markup {
  const clauses = ids.flatMap((id) => facts.placing.clause(id) ?? []);
  return html`<div class="clauses">
    ${clauses.map((clause) =>
      facts.placing.isMainEntry(entry, clause.id) ? wholeClause(clause, facts) : clauseReference(clause, facts),
    )}
  </div>`;
}

/** The script fills in cases and evidence when the clause is opened; without a script, it lists its verdicts. */
export function wholeClause(clause: PageClause, { indexOf, casesOf }: ReferenceFacts): Markup {
  const { id, statement, verdict, source, range, kind } = clause;
  const cases = casesOf(id).map(({ microversion, verdict: { is } }) => `${microversion} ${is}`);
  return html`<details class="clause" id=${id} data-clause=${indexOf(id)}>
    <summary>${verdictSign(verdict)}${statementOf(clause)}<span class="range">${rangeWords(range)}</span></summary>
    <div class="body">
      <p class="static">${id}, ${kind}, ${source.file}:${source.line}. Cases: ${cases.join(', ')}. ${statement}</p>
    </div>
  </details>`;
}

export function clauseReference(clause: PageClause, { indexOf }: ReferenceFacts): Markup {
  return html`<a class="clause reference" href=${formatAddress({ id: clause.id })} data-clause=${indexOf(clause.id)}>
    ${verdictSign(clause.verdict)}${statementOf(clause)}<span class="range">${rangeWords(clause.range)}</span>
  </a>`;
}

/** Highlights the level in the statement. */
function statementOf({ statement, level, id }: PageClause): Markup {
  const at = statement.indexOf(` ${level} `);
  const words =
    at < 0
      ? statement
      : html`${statement.slice(0, at + 1)}<b class="level">${level}</b>${statement.slice(at + 1 + level.length)}`;
  return html`<span class="words">${words} <code class="words-id">${id.slice(id.indexOf('#'))}</code></span>`;
}

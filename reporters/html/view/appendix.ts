/** Errata, what was left behind, and how the page is to be read and checked. */
import { printable } from '../../../src/report/printable.ts';
import type { RunReport } from '../../../src/report/record.ts';
import { sentence } from '../../../src/report/run-verdict.ts';
import { wordCensus } from '../../../src/report/word-census.ts';
import { wordConfirmed } from '../../../src/report/word-confirmed.ts';
import { wordRebuilds } from '../../../src/report/word-rebuilds.ts';
import { wordRetried } from '../../../src/report/word-parts.ts';
import { wordWaiverReport } from '../../../src/report/word-waiver.ts';
import { listedKinds } from '../../../src/report/tally.ts';
import { html, type Markup } from '../markup.ts';
import { meanings, verdictBadge } from '../verdict-words.ts';

export function kept({ kept: all = [] }: RunReport): Markup {
  if (all.length === 0) return null;
  return html`<section class="leaks" aria-labelledby="kept">
    <h2 id="kept">Kept <span class="number">${all.length}</span></h2>
    <p class="lead">
      Left as failed cases had them, so that their requests can be repeated. <code>openstack-conformance cleanup</code>
      with the run folder removes all of it.
    </p>
    <ul>
      ${all.map(
        ({ type, name, id, case: of }) =>
          html`<li>
            <p><b>${printable(type)}</b> ${printable(name)} <code>${printable(id)}</code> of ${printable(of)}</p>
          </li>`,
      )}
    </ul>
  </section>`;
}

export function leaks({ leaks: left }: RunReport): Markup {
  if (left.length === 0) return null;
  return html`<section class="leaks" aria-labelledby="leaks">
    <h2 id="leaks">Left behind <span class="number">${left.length}</span></h2>
    <p class="lead">The run made these and could not remove them. Each command removes one.</p>
    <ul>
      ${left.map(
        ({ type, name, id, command }) =>
          html`<li>
            <p><b>${printable(type)}</b> ${printable(name)} <code>${printable(id)}</code></p>
            <div class="curl"><code>${printable(command, 1000)}</code></div>
          </li>`,
      )}
    </ul>
  </section>`;
}

/** Also those that were not needed: a reader has to see what was agreed on. */
export function waivers({ waivers: listed }: RunReport): Markup {
  if (listed.length === 0) return null;
  return html`<section class="waivers" aria-labelledby="waivers">
    <h2 id="waivers">Waivers <span class="number">${listed.length}</span></h2>
    <p class="lead">Failures that the operator accepts until a day. The cases run all the same.</p>
    <ul class="listing">
      ${listed.map((waiver) => html`<li>${wordWaiverReport(waiver)}</li>`)}
    </ul>
  </section>`;
}

export function retried(report: RunReport): Markup {
  const told = wordRetried(report);
  if (told.length === 0) return null;
  return html`<section class="retried" aria-labelledby="retried">
    <h2 id="retried">Tried again <span class="number">${told.length}</span></h2>
    <p class="lead">
      Cases that came to another verdict when they were run again: in an earlier run, or at the end of this one, alone
      and on fresh fixtures.
    </p>
    <ul class="listing">
      ${told.map((line) => html`<li>${printable(line, 1000)}</li>`)}
    </ul>
  </section>`;
}

export function confirmed(report: RunReport): Markup {
  const told = [...wordConfirmed(report, 'fail'), ...wordRebuilds(report)];
  if (told.length === 0) return null;
  return html`<section class="confirmed" aria-labelledby="confirmed">
    <h2 id="confirmed">Confirmed failures and fixtures built again</h2>
    <ul class="listing">
      ${told.map((line) => html`<li>${printable(line, 1000)}</li>`)}
    </ul>
  </section>`;
}

export function censuses({ censuses: all = [] }: RunReport): Markup {
  if (all.length === 0) return null;
  return html`<section class="census" aria-labelledby="census">
    <h2 id="census">Census</h2>
    <p class="lead">
      What the projects had before the run created anything and when it had cleaned up. What others did meanwhile is
      told, and bears on no verdict.
    </p>
    ${all.map(
      (one) =>
        html`<ul>
          ${wordCensus(one).map((line) => html`<li>${line}</li>`)}
        </ul>`,
    )}
  </section>`;
}

export function errata({ errata: used }: RunReport): Markup {
  if (used.length === 0) return null;
  return html`<section class="errata" aria-labelledby="errata">
    <h2 id="errata">Errata used <span class="number">${used.length}</span></h2>
    <p class="lead">Where the reference and every known release disagree, the clauses follow our reading.</p>
    ${used.map(
      ({ id, says, seen, since, evidence, reading }) =>
        html`<details class="erratum" id=${`erratum:${id}`}>
          <summary><span class="said">${sentence(reading)}</span> <code>${id}</code></summary>
          <dl class="body">
            <div>
              <dt>the text says</dt>
              <dd>${says}</dd>
            </div>
            <div>
              <dt>what is seen</dt>
              <dd>${seen}</dd>
            </div>
            <div>
              <dt>since</dt>
              <dd>${since}</dd>
            </div>
            <div>
              <dt>evidence</dt>
              <dd>${evidence}</dd>
            </div>
          </dl>
        </details>`,
    )}
  </section>`;
}

export function guide(report: RunReport, cut: number): Markup {
  const used = listedKinds.filter((kind) => report.counts.cases[kind] > 0 || kind === 'pass' || kind === 'fail');
  return html`<section class="guide" aria-labelledby="guide">
    <h2 id="guide">How to read this</h2>
    <p>
      A clause is one sentence with MUST, SHOULD or MAY, taken from the reference; a case is a clause at one
      microversion. A clause is as good as the worst of its decided cases. The run is conformant when every selected
      MUST held, is waived or does not apply; one case that failed makes it non-conformant; anything open in between
      makes it partial.
    </p>
    <dl class="meanings">
      ${used.map(
        (kind) =>
          html`<div>
            <dt>${verdictBadge(kind)}</dt>
            <dd>${meanings[kind]}</dd>
          </div>`,
      )}
    </dl>
    <p>
      This page is one file and asks for nothing else; it shows what stands in the run folder beside it:
      <code>journal.ndjson</code>, <code>ledger.ndjson</code> and <code>evidence/</code>, from which ${' '}<code
        >${report.tool.name} report</code
      >
      makes it again. Credentials were removed before anything was written; ${' '}<mark class="redacted"
        >[redacted]</mark
      >
      stands in their place. What a target sent is shown as text, with characters that cannot be seen as escapes.
    </p>
    ${
      cut > 0
        ? html`<p id="cut">
            Headers and bodies of ${cut} ${cut === 1 ? 'exchange' : 'exchanges'} are left out, to keep this page small:
            those that are very long, and where all would be too many, those behind cases that passed. They stand in
            <code>evidence/</code>.
          </p>`
        : null
    }
  </section>`;
}

/** Kept and leaked resources, waivers, retries, inventory, errata, and how to read the page. */
import { describeVariables } from '../../../src/report/leak.ts';
import { printable } from '../../../src/report/printable.ts';
import type { RunReport } from '../../../src/records/report.ts';
import { sentence } from '../../../src/report/run-verdict.ts';
import { describeInventory } from '../../../src/report/describe-inventory.ts';
import { describeConfirmed } from '../../../src/report/describe-confirmed.ts';
import { describeRebuilds } from '../../../src/report/describe-rebuilds.ts';
import { describeRetried } from '../../../src/report/describe-parts.ts';
import { describeWaiverReport } from '../../../src/report/describe-waiver.ts';
import { listedKinds } from '../../../src/report/tally.ts';
import { html, type Markup } from '../markup.ts';
import { meanings, verdictBadge } from '../verdict-words.ts';

export function kept({ kept: all = [] }: RunReport): Markup {
  if (all.length === 0) return null;
  return html`<section class="leaks" aria-labelledby="kept">
    <h2 id="kept">Kept resources <span class="number">${all.length}</span></h2>
    <p class="lead">
      Resources of failed cases, kept so that their requests can be repeated. To remove all of them, run${' '}<code
        >openstack-conformance cleanup</code
      >${' '}with the run folder.
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
    <h2 id="leaks">Leaked resources <span class="number">${left.length}</span></h2>
    <p class="lead">The run created these resources and could not remove them. Each command removes one.</p>
    <ul>
      ${left.map(
        ({ type, name, id, command, variables }) =>
          html`<li>
            <p>
              <b>${printable(type)}</b> ${printable(name)} <code>${printable(id)}</code>${describeVariables(variables)}
            </p>
            <div class="curl"><code>${printable(command, 1000)}</code></div>
          </li>`,
      )}
    </ul>
  </section>`;
}

/** Also unused ones, so that a reader sees what was agreed on. */
export function waivers({ waivers: listed }: RunReport): Markup {
  if (listed.length === 0) return null;
  return html`<section class="waivers" aria-labelledby="waivers">
    <h2 id="waivers">Waivers <span class="number">${listed.length}</span></h2>
    <p class="lead">Failures that the operator accepts until a given day. The cases still run.</p>
    <ul class="listing">
      ${listed.map((waiver) => html`<li>${describeWaiverReport(waiver)}</li>`)}
    </ul>
  </section>`;
}

export function retried(report: RunReport): Markup {
  const lines = describeRetried(report);
  if (lines.length === 0) return null;
  return html`<section class="retried" aria-labelledby="retried">
    <h2 id="retried">Retried cases <span class="number">${lines.length}</span></h2>
    <p class="lead">
      Cases whose verdict changed when they were run again, after an earlier run or at the end of this one, alone and on
      new fixtures.
    </p>
    <ul class="listing">
      ${lines.map((line) => html`<li>${printable(line, 1000)}</li>`)}
    </ul>
  </section>`;
}

export function confirmed(report: RunReport): Markup {
  const lines = [...describeConfirmed(report, 'fail'), ...describeRebuilds(report)];
  if (lines.length === 0) return null;
  return html`<section class="confirmed" aria-labelledby="confirmed">
    <h2 id="confirmed">Confirmed failures and rebuilt fixtures</h2>
    <ul class="listing">
      ${lines.map((line) => html`<li>${printable(line, 1000)}</li>`)}
    </ul>
  </section>`;
}

export function inventories({ inventories: all = [] }: RunReport): Markup {
  if (all.length === 0) return null;
  return html`<section class="inventory" aria-labelledby="inventory">
    <h2 id="inventory">Inventory</h2>
    <p class="lead">
      The resources of the projects before the run created anything and after its cleanup. Changes by other clients are
      listed; they affect no verdict.
    </p>
    ${all.map(
      (one) =>
        html`<ul>
          ${describeInventory(one).map((line) => html`<li>${line}</li>`)}
        </ul>`,
    )}
  </section>`;
}

export function errata({ errata: used }: RunReport): Markup {
  if (used.length === 0) return null;
  return html`<section class="errata" aria-labelledby="errata">
    <h2 id="errata">Errata applied <span class="number">${used.length}</span></h2>
    <p class="lead">Where the reference disagrees with every known release, the clauses follow the erratum.</p>
    ${used.map(
      ({ id, says, seen, since, evidence, reading }) =>
        html`<details class="erratum" id=${`erratum:${id}`}>
          <summary><span class="said">${sentence(reading)}</span> <code>${id}</code></summary>
          <dl class="body">
            <div>
              <dt>reference</dt>
              <dd>${says}</dd>
            </div>
            <div>
              <dt>observed</dt>
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
    <h2 id="guide">How to read this report</h2>
    <p>
      A clause is one sentence with MUST, SHOULD or MAY, taken from the reference; a case is a clause at one
      microversion. A clause has the worst verdict of its decided cases. One failed case makes the run non-conformant; a
      selected MUST that was not decided makes it partial. Otherwise the run is conformant if its scope is complete, and
      passed if something was left out.
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
      This page is one file and loads nothing else. It shows the contents of the run
      folder:${' '}<code>journal.ndjson</code>, <code>ledger.ndjson</code> and <code>evidence/</code>, from which
      ${' '}<code>${report.tool.name} report</code> ${' '}creates it. Credentials were replaced by ${' '}<mark
        class="redacted"
        >[redacted]</mark
      >${' '}before anything was written. Data from the target is shown as text, with invisible characters as escapes.
    </p>
    ${
      cut > 0
        ? html`<p id="cut">
            Headers and bodies of ${cut} ${cut === 1 ? 'exchange' : 'exchanges'} are left out to keep this page small:
            those that are very long and, if the page would be too large, those of passed cases. The
            folder${' '}<code>evidence/</code>${' '}has them.
          </p>`
        : null
    }
  </section>`;
}

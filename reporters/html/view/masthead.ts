/** The head of the page: the run verdict, its reasons, and warnings about the run. */
import { printable } from '../../../src/report/printable.ts';
import type { RunReport } from '../../../src/records/report.ts';
import type { RunVerdict } from '../../../src/records/shared.ts';
import { casesBehindReasons } from '../../../src/report/run-verdict.ts';
import { describeInsecure } from '../../../src/report/describe-insecure.ts';
import { describeScope } from '../../../src/report/describe-scope.ts';
import { describeShard } from '../../../src/report/describe-parts.ts';
import { describeSuites } from '../../../src/report/describe-suite.ts';
import { describeMicroversions } from '../../../src/report/describe-target.ts';
import { countOpen, listedKinds, totalOf, type VerdictKind } from '../../../src/report/tally.ts';
import { formatAddress } from '../address.ts';
import { html, type Markup } from '../markup.ts';
import { kindWords } from '../verdict-words.ts';
import { bar } from './bar.ts';

const looks: Readonly<
  Record<RunVerdict, { readonly sign: string; readonly kind: VerdictKind; readonly words: string }>
> = {
  conformant: {
    sign: '✓',
    kind: 'pass',
    words: 'Every clause with MUST of the complete scope passed, or does not apply to this target.',
  },
  passed: {
    sign: '✓',
    kind: 'not-attempted',
    words: 'Every selected clause with MUST passed, is waived or does not apply. The scope is not complete.',
  },
  'non-conformant': { sign: '✕', kind: 'fail', words: 'At least one clause failed.' },
  partial: { sign: '?', kind: 'inconclusive', words: 'No clause failed, but the run does not show conformance.' },
};

export function masthead(report: RunReport): Markup {
  const { verdict, target, counts, contracts } = report;
  const { sign, kind, words } = looks[verdict];
  return html`<header class=${`verdict ${kind}`} id="verdict">
    <p class="target">
      <b>${printable(target.name)}</b>, microversions
      ${' '}${printable(describeMicroversions(target)).replaceAll(/(?<=\d)-(?=\d)/g, '–')}, tested against
      ${' '}${contracts.map(({ origin }) => printable(`${origin.title} ${origin.revision}`)).join(' and ')}
    </p>
    <h1><span class="seal" aria-hidden="true">${sign}</span> ${verdict}</h1>
    <p class="words">${words}</p>
    <p class="words scope">Scope: ${describeScope(report)}.</p>
    ${warnings(report)} ${figures(report)} ${bar(counts.cases)}
    <ul class="legend" aria-label="Cases by verdict">
      ${listedKinds
        .filter((each) => counts.cases[each] > 0)
        .map(
          (each) =>
            html`<li>
              <a href=${formatAddress({ filter: { verdicts: [each] } })}
                ><span class=${`dot ${each}`} aria-hidden="true"></span>${counts.cases[each]} ${kindWords(each)}</a
              >
            </li>`,
        )}
    </ul>
    ${reasonList(report)}${otherSuites(report)}
  </header>`;
}

function figures({ counts }: RunReport): Markup {
  const passed = counts.clauses.pass;
  const open = countOpen(counts.cases);
  const rows: readonly (readonly [string, string])[] = [
    [`${passed} of ${totalOf(counts.clauses)}`, 'clauses passed'],
    [String(counts.clauses.fail), counts.clauses.fail === 1 ? 'clause failed' : 'clauses failed'],
    [String(open), open === 1 ? 'case not decided' : 'cases not decided'],
    [String(totalOf(counts.cases)), `cases of ${totalOf(counts.clauses)} clauses`],
  ];
  return html`<dl class="figures">
    ${rows.map(
      ([figure, words]) =>
        html`<div>
          <dt>${words}</dt>
          <dd>${figure}</dd>
        </div>`,
    )}
  </dl>`;
}

function otherSuites(report: RunReport): Markup {
  const lines = describeSuites(report);
  if (lines.length === 0) return null;
  return html`<section class="reasons" aria-labelledby="other-suites">
    <h2 id="other-suites">Other suites</h2>
    <ul>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>
  </section>`;
}

/** The rest of a long list is folded, up to a limit: the sections of failures and undecided cases have all of it. */
const shownReasons = 6;
const foldedReasons = 60;

function reasonList(report: RunReport): Markup {
  // The box of warnings has the sentence on what the run proves nothing about.
  const reasons = report.reasons.filter((reason) => reason !== report.vacuous);
  if (reasons.length === 0) return null;
  const own = report.clauses.filter(({ suite }) => suite === undefined);
  const ids = new Set(own.map(({ id }) => id));
  const cases = casesBehindReasons({ clauses: own, cases: report.cases.filter(({ clause }) => ids.has(clause)) });
  const item = (reason: string): Markup => {
    const id = cases.get(reason);
    return html`<li>
      ${reason} ${id === undefined ? null : html`<a class="case-link" href=${formatAddress({ id })}>Show the case</a>`}
    </li>`;
  };
  const [shown, rest] = [reasons.slice(0, shownReasons), reasons.slice(shownReasons)];
  const left = rest.length - foldedReasons;
  return html`<section class="reasons" aria-labelledby="reasons">
    <h2 id="reasons">Reasons</h2>
    <ul>
      ${shown.map(item)}
    </ul>
    ${
      rest.length === 0
        ? null
        : html`<details>
            <summary>${rest.length} more reasons</summary>
            <ul>
              ${rest.slice(0, foldedReasons).map(item)}
              ${left > 0 ? html`<li>${left} more in report.json; see <a href="#undecided">Not decided</a> for all causes.</li>` : null}
            </ul>
          </details>`
    }
  </section>`;
}

function warnings({ vacuous, target, leaks, run }: RunReport): Markup {
  const left = leaks.length === 1 ? 'one resource' : `${leaks.length} resources`;
  const [insecure, shard] = [describeInsecure(target), describeShard(run)];
  const texts: readonly Markup[] = [
    ...(vacuous === undefined ? [] : [html`<b>Vacuous.</b> ${vacuous}`]),
    ...(run.ended === 'completed' ? [] : [html`<b>Not complete.</b> ${endings[run.ended]}`]),
    ...(shard === undefined
      ? []
      : [html`<b>Partial run.</b> This is ${shard}; the other shards have the rest of the plan.`]),
    ...(insecure === undefined ? [] : [html`<b>Not secure.</b> ${insecure}`]),
    ...(leaks.length === 0
      ? []
      : [html`<b>Leaked resources.</b> The run could not remove ${left}; <a href="#leaks">see below</a>.`]),
  ];
  return texts.length === 0
    ? null
    : html`<ul class="warnings">
        ${texts.map((text) => html`<li>${text}</li>`)}
      </ul>`;
}

const endings: Readonly<Record<Exclude<RunReport['run']['ended'], 'completed'>, string>> = {
  interrupted: 'The run was interrupted; cases without a result count as not attempted.',
  deadline: 'The run reached its deadline; cases without a result count as not attempted.',
  'lost-target': 'The target became unreachable; cases without a result count as not attempted.',
  'write-error': 'The run folder became unwritable; cases without a result count as not attempted.',
  crashed: 'The run ended without a closing line in its journal; whether it leaked resources is unknown.',
};

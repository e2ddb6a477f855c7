/** The facts of the run: target, reference, identities, capabilities, time and cost. */
import { printable } from '../../../src/report/printable.ts';
import type { IdentityFacts } from '../../../src/records/run-facts.ts';
import type { RunReport } from '../../../src/records/report.ts';
import { describeInsecure } from '../../../src/report/describe-insecure.ts';
import { describeDuration } from '../../../src/report/describe-duration.ts';
import { describeLimits, describeLowered } from '../../../src/report/describe-limits.ts';
import { describeShard } from '../../../src/report/describe-parts.ts';
import { describeMicroversions } from '../../../src/report/describe-target.ts';
import { html, type Markup } from '../markup.ts';

export function facts(report: RunReport): Markup {
  return html`<section class="facts-page" aria-labelledby="facts">
    <h2 id="facts">Test setup</h2>
    <div class="cards">
      ${card('Target', targetRows(report))} ${card('Reference', referenceRows(report))}
      ${card('Identities', identityRows(report))} ${card('Capabilities and fixtures', capabilityRows(report))}
      ${card('Run', runRows(report))} ${card('Cost', costRows(report))}
    </div>
  </section>`;
}

type Row = readonly [term: string, value: Markup];

function card(title: string, rows: readonly Row[]): Markup {
  return html`<div class="card">
    <h3>${title}</h3>
    <dl>
      ${rows.map(
        ([term, value]) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </div>`;
}

function code(text: string): Markup {
  return html`<code>${printable(text, 500)}</code>`;
}

function targetRows({ target }: RunReport): readonly Row[] {
  const insecure = describeInsecure(target);
  return [
    ['name', printable(target.name)],
    ...(target.release === undefined ? [] : [['simulated release', code(target.release)] as const]),
    ['microversions', code(describeMicroversions(target))],
    ...sorted(target.services).map(([service, { endpoint }]): Row => [printable(service), code(endpoint)]),
    ['certificates', insecure === undefined ? 'checked where TLS is used' : html`<b class="bad">${insecure}</b>`],
  ];
}

function referenceRows({ contracts }: RunReport): readonly Row[] {
  return contracts.flatMap(({ origin: { title, revision, date, license }, digest }): readonly Row[] => [
    ['title', printable(title)],
    ['revision', code(revision)],
    ['date', printable(date)],
    ['licence', printable(license)],
    ['contract, SHA-256', html`<code class="digest">${printable(digest)}</code>`],
  ]);
}

function identityRows({ target }: RunReport): readonly Row[] {
  return target.identities.map((identity): Row => [printable(identity.role), identityCell(identity)]);
}

function identityCell({ given, made, unusable, option }: IdentityFacts): Markup {
  if (given) return html`<span class="good">${made ? 'created for this run' : 'given'}</span>`;
  if (unusable !== undefined) return html`<span class="faint">cannot be used: ${printable(unusable, 1000)}</span>`;
  return html`<span class="faint">not given; pass <code>${printable(option)}</code></span>`;
}

function capabilityRows({ target }: RunReport): readonly Row[] {
  return [
    ...target.capabilities.map(({ id, has, source }): Row => [
      printable(id),
      html`${has ? html`<span class="good">yes</span>` : html`<span class="faint">no</span>`}, ${printable(source)}`,
    ]),
    ...sorted(target.fixtures).map(([name, value]): Row => [printable(name), code(value)]),
  ];
}

function runRows({ run, tool }: RunReport): readonly Row[] {
  const [shard, { parts = [] }] = [describeShard(run), run];
  return [
    ['name', code(run.name)],
    ...(shard === undefined ? [] : [['part', shard] as const]),
    ...parts.map(({ name, startedAt }): Row => ['includes', html`${code(name)} of ${instant(startedAt)}`]),
    ...(run.plan === undefined
      ? []
      : [['plan, SHA-256', html`<code class="digest">${printable(run.plan)}</code>`] as const]),
    ['started', instant(run.startedAt)],
    ['ended', html`${instant(run.finishedAt)}, ${run.ended}`],
    ['duration', describeDuration(run.durationMs)],
    ...limitRows(run),
    ['command', html`<code>${printable(run.command.join(' '), 4000)}</code>`],
    ['tool', printable(`${tool.name} ${tool.version}`)],
  ];
}

function limitRows({ limits }: RunReport['run']): readonly Row[] {
  if (!limits) return [];
  return [['limits', html`${describeLimits(limits)}${describeLowered(limits).map((line) => html`; ${line}`)}`]];
}

function costRows({ cost, run }: RunReport): readonly Row[] {
  const share = run.durationMs > 0 ? Math.round((100 * cost.targetBusyMs) / run.durationMs) : 0;
  const created = sorted(cost.created).map(([type, count]) => `${count} × ${printable(type)}`);
  return [
    ['exchanges', String(cost.exchanges)],
    ['target time', `${describeDuration(cost.targetMs)} in total`],
    ['target busy', `${describeDuration(cost.targetBusyMs)}, ${share} % of the run`],
    ['own CPU', describeDuration(cost.ownCpuMs)],
    ['created', created.length === 0 ? 'nothing' : created.join(', ')],
  ];
}

function instant(iso: string): Markup {
  return html`<time datetime=${iso}>${printable(iso.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'))}</time>`;
}

function sorted<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

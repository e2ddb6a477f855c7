/**
 * `report.html`: the run as one self-contained file. It sends no request, its Content-Security-Policy allows only its
 * own script and style by their hashes, and all text from the target is escaped.
 */
import { renderToString } from 'preact-render-to-string';
import type { VNode } from 'preact';
import { printable } from '../src/report/printable.ts';
import type { Reporter, RunRecord } from '../src/report/record.ts';
import { hashOf, pageAssets } from './html/assets.ts';
import { jsonScript } from './html/json-script.ts';
import { html } from './html/markup.ts';
import { packData } from './html/pack-data.ts';
import { packEvidence } from './html/pack-evidence.ts';
import { page } from './html/view/page.ts';

export const htmlReporter: Reporter = {
  id: 'html',
  summary: 'report.html, the run with its evidence as one page for a browser',
  render: (record) => [{ path: 'report.html', text: pageText(record) }],
};

function pageText(record: RunRecord): string {
  const { report } = record;
  const { style, script } = pageAssets();
  const packing = packEvidence(record);
  const policy = [
    `default-src 'none'`,
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    `img-src data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ');
  const title = `${report.verdict}: ${printable(report.target.name)}`;
  const body = renderToString(
    html`<body>
      ${page(record, packing.cut)}
    </body>` as VNode,
  ).replace('</body>', '');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    renderToString(html`<meta http-equiv="Content-Security-Policy" content=${policy} />` as VNode),
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="color-scheme" content="light dark">',
    '<link rel="icon" href="data:,">',
    renderToString(html`<title>${title}</title>` as VNode),
    `<style>${style}</style>`,
    '</head>',
    body,
    `<script type="application/json" id="data">${jsonScript(packData(record, packing))}</script>`,
    `<script type="application/json" id="evidence">${jsonScript(packing.evidence)}</script>`,
    `<script>${script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

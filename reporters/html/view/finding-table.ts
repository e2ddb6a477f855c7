/** Expected and seen, side by side. */
import type { FindingWords } from '../../../src/report/describe-finding.ts';
import { html, type Markup } from '../markup.ts';

export function findingTable(findings: readonly FindingWords[]): Markup {
  if (findings.length === 0) return null;
  return html`<table class="findings">
    <thead>
      <tr>
        <th scope="col">where</th>
        <th scope="col">expected</th>
        <th scope="col">seen</th>
      </tr>
    </thead>
    <tbody>
      ${findings.map(
        ({ exchange, place, expected, seen }) =>
          html`<tr>
            <td data-label="where">${place ?? ''} <span class="act">${exchange}</span></td>
            <td data-label="expected" class="expected">${expected}</td>
            <td data-label="seen" class="seen">${seen}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** One exchange: request and response side by side, and the command that repeats the request. */
import type { Headers } from '../../../src/client/exchange.ts';
import { curlLine } from '../../../src/report/curl.ts';
import { printable } from '../../../src/report/printable.ts';
import { html, type Markup } from '../markup.ts';
import { bodyView, marked } from './body-view.ts';
import { curlView } from './curl-view.ts';
import type { ShownExchange } from './data.ts';
import { fillOnOpen } from './fill.ts';

/** `named`: a finding refers to it. */
export function exchangeView(shown: ShownExchange, file: string | undefined, named: boolean): Markup {
  const { exchange } = shown;
  const { id, purpose, attempt, identity, request, response, failure, durationMs } = exchange;
  const again = attempt === undefined ? '' : ` · attempt ${attempt}`;
  const view = (): Markup => exchangeBody(shown, file);
  return html`<details class=${`exchange ${purpose}`} open=${named} onToggle=${fillOnOpen(view)}>
    <summary>
      <span class="purpose">${purpose}</span>
      <span class="line"
        ><b>${printable(request.method)}</b> ${printable(pathOf(request.url), 300)}
        <span class="arrow" aria-label="response">→</span>
        <b class=${response ? '' : 'bad'}
          >${response ? response.status : printable(failure?.code ?? 'nothing')}</b
        ></span
      >
      <span class="facts">${printable(identity)} · ${durationMs} ms · ${printable(id)}${again}</span>
    </summary>
    <div class="body"></div>
  </details>`;
}

function exchangeBody({ exchange, cut }: ShownExchange, file: string | undefined): Markup {
  const { request, response, failure, startedAt } = exchange;
  const removed = html`<p class="faint">Left out of this page; see <code>${file ?? 'evidence/'}</code>.</p>`;
  return html`<div class="sides">
      <section aria-label="Request">
        <h5>Request</h5>
        <p class="request-line"><b>${printable(request.method)}</b> ${marked(request.url)}</p>
        ${cut ? removed : headerTable(request.headers)}
        ${cut || request.body === undefined ? null : bodyView(request.body)}
      </section>
      <section aria-label="Response">
        <h5>Response</h5>
        ${
          response
            ? html`<p class="request-line"><b>${response.status}</b></p>
                ${cut ? removed : html`${headerTable(response.headers)} ${bodyView(response.body)}`}
                ${
                  response.truncatedBytes === undefined
                    ? null
                    : html`<p class="faint">${response.truncatedBytes} more bytes were received and not kept.</p>`
                }`
            : html`<p class="bad">
                No complete response: ${printable(`${failure?.code ?? ''} ${failure?.message ?? ''}`, 500)}
              </p>`
        }
      </section>
    </div>
    ${cut ? null : curlView(curlLine(exchange), exchange.identity)}
    <p class="faint">
      Sent ${printable(startedAt)}${file === undefined ? null : html`, kept in <code>${file}</code>`}.
    </p>`;
}

function headerTable(headers: Headers): Markup {
  return html`<table class="headers">
    <tbody>
      ${headers.map(
        ([name, value]) =>
          html`<tr>
            <th scope="row">${printable(name)}</th>
            <td>${marked(value)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function pathOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}

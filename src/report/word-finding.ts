/**
 * The one place where findings are put into words.
 *
 * A sentence says what was seen, what the contract expects, and where, so that a stranger can act on it. Text from
 * the target is shown escaped and cut.
 */
import type { Exchange } from '../client/exchange.ts';
import type { Finding } from '../conformance/verdict.ts';
import type { Json } from '../json.ts';
import { boundJson } from './bound-json.ts';
import { cloudMessage } from './cloud-message.ts';
import { printable } from './printable.ts';

/** The parts of a finding, for a table or for two columns; no full stops. */
export interface FindingWords {
  /** The exchange that shows it: `x12 POST /servers/1`. */
  readonly act: string;
  /** What in the answer it is about; missing where that goes without saying. */
  readonly place?: string;
  readonly expected: string;
  readonly seen: string;
}

/** A full sentence. With the exchange at hand it names method and path, without it the id. */
export function wordFinding(finding: Finding, exchange?: Exchange): string {
  const act = wordExchange(finding.exchange, exchange);
  const { expected, seen } = describeFinding(finding, exchange);
  switch (finding.kind) {
    case 'status':
      return `${act.charAt(0).toUpperCase()}${act.slice(1)} answered ${seen} where the contract expects ${expected}.`;
    case 'schema':
      return `In the answer to ${act}, ${place(finding.pointer)} is ${seen} where the contract expects ${expected} (schema keyword "${printable(finding.keyword)}"${clauseOf(finding)}).`;
    case 'header':
      return `The answer to ${act} has ${seen} where the contract expects ${expected}.`;
    case 'value':
      return finding.seen === undefined
        ? `In the answer to ${act}, there is nothing at ${printable(finding.pointer)} where the contract expects ${expected}.`
        : `In the answer to ${act}, ${place(finding.pointer)} is ${seen} where the contract expects ${expected}.`;
    case 'body':
      return `The answer to ${act} has ${seen} where the contract expects ${expected}.`;
    case 'transition':
      return `After ${seconds(finding.waitedMs)} of waiting for ${expected}, the target still showed ${printable(finding.seen)}; the last look was ${act}.`;
    case 'waiver':
      return wordWaiverFinding(finding);
  }
}

export function describeFinding(finding: Finding, exchange?: Exchange): FindingWords {
  const act = exchange ? `${printable(finding.exchange)} ${wordRequest(exchange)}` : printable(finding.exchange);
  switch (finding.kind) {
    case 'status':
      return {
        act,
        place: 'the status',
        expected: alternatives(finding.expected),
        seen: wordStatus(finding.seen, exchange),
      };
    case 'schema':
      return {
        act,
        place: place(finding.pointer),
        expected: printable(finding.expected),
        seen: wordJson(finding.seen),
      };
    case 'header':
      return { act, ...describeHeader(finding) };
    case 'value':
      return {
        act,
        place: place(finding.pointer),
        expected: wordJson(finding.expected),
        seen: finding.seen === undefined ? 'nothing' : wordJson(finding.seen),
      };
    case 'body':
      return { act, expected: printable(finding.expected), seen: printable(finding.seen) };
    case 'transition':
      return {
        act,
        expected: printable(finding.expected),
        seen: `${printable(finding.seen)}, after ${seconds(finding.waitedMs)}`,
      };
    case 'waiver':
      return {
        act: `the waiver at ${printable(finding.listedAt)}`,
        expected: finding.state === 'unneeded' ? 'a failure, as the waiver lists' : `an end by ${finding.expires}`,
        seen: finding.state === 'unneeded' ? 'it holds; remove the waiver' : 'it still fails',
      };
  }
}

/** With what the service says of it, where the exchange is at hand. */
export function wordStatus(status: number, exchange: Exchange | undefined): string {
  const said = exchange?.response && cloudMessage(exchange.response.body);
  return said === undefined ? String(status) : `${status} ("${said}")`;
}

function wordWaiverFinding({ state, waives, owner, expires, listedAt }: Extract<Finding, { kind: 'waiver' }>): string {
  const waiver = `the waiver of ${printable(owner)} for ${printable(waives)} (${printable(listedAt)})`;
  return state === 'unneeded'
    ? `What ${waiver} lists as failing did not fail: remove the waiver.`
    : `${waiver.charAt(0).toUpperCase()}${waiver.slice(1)} held until ${printable(expires)}, and it still fails: mend the target, or agree on a new day.`;
}

/** `POST /servers/1 (x12)`, or `exchange x12` when there is nothing more to tell. */
function wordExchange(id: string, exchange?: Exchange): string {
  return exchange ? `${wordRequest(exchange)} (${printable(id)})` : `exchange ${printable(id)}`;
}

function wordRequest({ request: { method, url } }: Exchange): string {
  return `${printable(method)} ${printable(pathOf(url))}`;
}

function describeHeader({
  name,
  expected,
  seen,
}: Extract<Finding, { kind: 'header' }>): Pick<FindingWords, 'expected' | 'seen'> {
  return {
    expected: `${printable(name)}: ${printable(expected)}`,
    seen: seen === null ? `no header ${printable(name)}` : `${printable(name)}: ${printable(seen)}`,
  };
}

function wordJson(value: Json): string {
  return printable(JSON.stringify(boundJson(value)));
}

function place(pointer: string): string {
  return pointer === '' ? 'the body' : `the value at ${printable(pointer)}`;
}

function clauseOf({ clause }: Extract<Finding, { kind: 'schema' }>): string {
  return clause === undefined ? '' : `, clause ${printable(clause)}`;
}

function alternatives(values: readonly number[]): string {
  const last = values.at(-1);
  return values.length < 2 ? String(last) : `${values.slice(0, -1).join(', ')} or ${last}`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function pathOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}

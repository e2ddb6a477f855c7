/**
 * Words findings. No other module does.
 *
 * A sentence says what was seen, what the contract expects, and where. Text from the target is escaped and truncated.
 */
import type { Exchange } from '../client/exchange.ts';
import type { Finding } from '../clauses/verdict.ts';
import type { Json } from '../json.ts';
import { boundJson } from './bound-json.ts';
import { cloudMessage } from './cloud-message.ts';
import { printable } from './printable.ts';

/** The parts of a finding for a table, without full stops. */
export interface FindingWords {
  /** The exchange that shows it: `x12 POST /servers/1`. */
  readonly exchange: string;
  /** The part of the response that it is about; missing where `expected` says so itself. */
  readonly place?: string;
  readonly expected: string;
  readonly seen: string;
}

/** A full sentence. It names method and path if the exchange is given, else the id. */
export function wordFinding(finding: Finding, exchange?: Exchange): string {
  const request = describeExchange(finding.exchange, exchange);
  const { expected, seen } = describeFinding(finding, exchange);
  switch (finding.kind) {
    case 'status':
      return `${request.charAt(0).toUpperCase()}${request.slice(1)} returned ${seen} where the contract expects ${expected}.`;
    case 'schema':
      return `In the response to ${request}, ${place(finding.pointer)} is ${seen} where the contract expects ${expected} (schema keyword "${printable(finding.keyword)}"${clauseOf(finding)}).`;
    case 'header':
      return `The response to ${request} has ${seen} where the contract expects ${expected}.`;
    case 'value':
      return finding.seen === undefined
        ? `In the response to ${request}, there is no value at ${printable(finding.pointer)} where the contract expects ${expected}.`
        : `In the response to ${request}, ${place(finding.pointer)} is ${seen} where the contract expects ${expected}.`;
    case 'body':
      return `The response to ${request} has ${seen} where the contract expects ${expected}.`;
    case 'transition':
      return `After ${seconds(finding.waitedMs)} of waiting for ${expected}, the target still showed ${printable(finding.seen)}; the last request was ${request}.`;
    case 'waiver':
      return describeWaiverFinding(finding);
  }
}

export function describeFinding(finding: Finding, exchange?: Exchange): FindingWords {
  const shownBy = exchange
    ? `${printable(finding.exchange)} ${describeRequest(exchange)}`
    : printable(finding.exchange);
  switch (finding.kind) {
    case 'status':
      return {
        exchange: shownBy,
        place: 'the status',
        expected: alternatives(finding.expected),
        seen: describeStatus(finding.seen, exchange),
      };
    case 'schema':
      return {
        exchange: shownBy,
        place: place(finding.pointer),
        expected: printable(finding.expected),
        seen: describeJson(finding.seen),
      };
    case 'header':
      return { exchange: shownBy, ...describeHeader(finding) };
    case 'value':
      return {
        exchange: shownBy,
        place: place(finding.pointer),
        expected: describeJson(finding.expected),
        seen: finding.seen === undefined ? 'nothing' : describeJson(finding.seen),
      };
    case 'body':
      return { exchange: shownBy, expected: printable(finding.expected), seen: printable(finding.seen) };
    case 'transition':
      return {
        exchange: shownBy,
        expected: printable(finding.expected),
        seen: `${printable(finding.seen)}, after ${seconds(finding.waitedMs)}`,
      };
    case 'waiver':
      return {
        exchange: `the waiver at ${printable(finding.listedAt)}`,
        expected: finding.state === 'unneeded' ? 'a failure, as the waiver lists' : `a fix by ${finding.expires}`,
        seen: finding.state === 'unneeded' ? 'no failure; remove the waiver' : 'it still fails',
      };
  }
}

/** With the service's own message, if the exchange is given. */
export function describeStatus(status: number, exchange: Exchange | undefined): string {
  const message = exchange?.response && cloudMessage(exchange.response.body);
  return message === undefined ? String(status) : `${status} ("${message}")`;
}

function describeWaiverFinding({
  state,
  waives,
  owner,
  expires,
  listedAt,
}: Extract<Finding, { kind: 'waiver' }>): string {
  const waiver = `the waiver of ${printable(owner)} for ${printable(waives)} (${printable(listedAt)})`;
  return state === 'unneeded'
    ? `What ${waiver} lists as failing did not fail. Remove the waiver.`
    : `${waiver.charAt(0).toUpperCase()}${waiver.slice(1)} was valid until ${printable(expires)}, and the case still fails. Fix the target, or agree on a new date.`;
}

/** `POST /servers/1 (x12)`, or `exchange x12` without the exchange. */
function describeExchange(id: string, exchange?: Exchange): string {
  return exchange ? `${describeRequest(exchange)} (${printable(id)})` : `exchange ${printable(id)}`;
}

function describeRequest({ request: { method, url } }: Exchange): string {
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

function describeJson(value: Json): string {
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

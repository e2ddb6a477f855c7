/** Words waivers in full: a report must show why a failure was accepted. */
import type { Waiver } from '../planning/waivers/waiver.ts';
import { printable } from './printable.ts';
import type { WaiverReport } from '../records/report.ts';

/** In characters; longer than any reason written by hand. */
const longestReason = 4000;

/** Reason, owner and last day. */
export function describeWaiver({ reason, owner, expires, link }: Omit<Waiver, 'waives' | 'target' | 'at'>): string {
  const why = printable(reason.trim(), longestReason);
  const stop = /[.!?]$/.test(why) ? '' : '.';
  return `${why}${stop} Accepted by ${printable(owner)} until ${printable(expires)}, see ${printable(link, 1000)}`;
}

/** With the clause or case, the target, and the state. */
export function describeWaiverReport(waiver: WaiverReport): string {
  const { waives, target, state, listedAt } = waiver;
  return `${printable(waives)} on ${printable(target)}, ${describeState[state]}: ${describeWaiver(waiver)} (${printable(listedAt)})`;
}

const describeState: Readonly<Record<WaiverReport['state'], string>> = {
  used: 'failed as listed',
  expired: 'failed, and the waiver has expired',
  unneeded: 'did not fail, so the waiver is no longer needed',
  open: 'not fully decided',
};

/** Waivers in words: in full, since a report that hides why a failure was accepted is worth nothing. */
import type { Waiver } from '../conformance/waivers/waiver.ts';
import { printable } from './printable.ts';
import type { WaiverReport } from './record.ts';

/** Long enough for any reason that somebody wrote by hand. */
const longestReason = 4000;

/** Why, who and until when. */
export function wordWaiver({ reason, owner, expires, link }: Omit<Waiver, 'waives' | 'target' | 'at'>): string {
  const why = printable(reason.trim(), longestReason);
  const stop = /[.!?]$/.test(why) ? '' : '.';
  return `${why}${stop} Accepted by ${printable(owner)} until ${printable(expires)}, see ${printable(link, 1000)}`;
}

/** With what it is for and what became of it. */
export function wordWaiverReport(waiver: WaiverReport): string {
  const { waives, target, state, listedAt } = waiver;
  return `${printable(waives)} on ${printable(target)}, ${wordState[state]}: ${wordWaiver(waiver)} (${printable(listedAt)})`;
}

const wordState: Readonly<Record<WaiverReport['state'], string>> = {
  used: 'failed as listed',
  expired: 'failed, and the waiver has expired',
  unneeded: 'did not fail, so the waiver is not needed any more',
  open: 'not decided in full',
};

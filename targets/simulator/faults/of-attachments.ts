/**
 * Creates faults of volume attachments as changes to their rules.
 */

import type { Behaviour } from '../behaviour.ts';
import type { AttachmentBehaviour, AttachmentQuirks } from '../compute/behaviour.ts';
import type { Fault } from './fault.ts';
import { compute } from './of-compute.ts';

export function attachments(
  name: string,
  summary: string,
  change: (rules: AttachmentBehaviour) => Partial<AttachmentBehaviour>,
): Fault {
  return compute(name, summary, (rules) => ({ attachments: { ...rules.attachments, ...change(rules.attachments) } }));
}

export function quirk(name: string, summary: string, change: Partial<AttachmentQuirks>): Fault {
  return attachments(name, summary, ({ quirks }) => ({ quirks: { ...quirks, ...change } }));
}

/** The rules of the whole cloud with changed rules of attachments. */
export function changedAttachments(
  change: (rules: AttachmentBehaviour) => Partial<AttachmentBehaviour>,
): (behaviour: Behaviour) => Behaviour {
  return (behaviour) => {
    const { compute } = behaviour;
    const changed = { ...compute.attachments, ...change(compute.attachments) };
    return { ...behaviour, compute: { ...compute, attachments: changed } };
  };
}

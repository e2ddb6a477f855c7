/**
 * Faults in what attaching a volume does, stores and responds.
 */

import { release } from '../../../block-storage/attaching.ts';
import type { Fault } from '../../../faults/fault.ts';
import type { Check } from '../../../kernel/checks.ts';
import { successAt } from '../../../kernel/endpoint.ts';
import type { Json } from '../../../kernel/http.ts';
import { textMember } from '../../../kernel/http.ts';
import { UnexpectedError } from '../../../kernel/refusal.ts';
import { type AttachResponse, deviceOf, inBackground, mappingFor, responseOf } from '../attach.ts';
import type { Attaching } from '../attach-checks.ts';
import { deviceName } from '../devices.ts';
import { type Change, checking, defect, quirk } from './defect.ts';
import { showing } from '../../../faults/of-endpoints.ts';

type Attach = (subject: Attaching) => Promise<AttachResponse | undefined>;

/** Steps; longer than a client needs to check a response. */
const late = 100;

export const attachingDefects: readonly Fault[] = [
  defect(
    'compute:attach-deletes-by-default',
    ['attach'],
    'A volume is deleted with its server unless the attach sets the flag to false.',
    storingFlag((given) => given ?? true),
  ),
  defect(
    'compute:attach-ignores-flag-false',
    ['attach'],
    'The flag counts as true whenever it is sent, whatever its value.',
    storingFlag((given) => given !== undefined),
  ),
  quirk('attach-stores-every-word-as-true', 'A flag sent as text is stored as true, whatever the text.', {
    flagTextMeansTrue: true,
  }),
  responses('invents-tag', 'The response to an attach without a tag has an empty tag.', 'tag', ({ wanted }) => {
    return textMember(wanted, 'tag') ?? '';
  }),
  responses(
    'reply-id-is-the-mapping',
    'The id in the response to an attach is that of the block device mapping.',
    'id',
    ({ mapping }) => mapping.uuid,
  ),
  responses(
    'reply-names-another-volume',
    'The response to an attach has the UUID of the mapping as volumeId.',
    'volumeId',
    ({ mapping }) => mapping.uuid,
  ),
  responses(
    'reply-names-another-device',
    'The response to an attach names the disk as another hypervisor would.',
    'device',
    ({ mapping }) => mapping.device?.replace(/^\/dev\/[a-z]d/, '/dev/xvd') ?? null,
  ),
  defect(
    'compute:attach-reserves-late',
    ['attach'],
    'An attach is accepted before the volume is reserved.',
    (rules) => ({ ...attachingBy(respondingFirst)(rules), delays: { ...rules.delays, reserve: late } }),
  ),
  defect(
    'compute:attach-keeps-failed-mapping',
    ['attach'],
    'The disk of a failed attach stays mapped to the server.',
    ({ refusals }) => {
      const check = refusals['volume-reservable'] as Check<Attaching> | undefined;
      return check ? { refusals: { ...refusals, 'volume-reservable': keepingMapping(check) } } : {};
    },
  ),
  defect(
    'compute:host-fails-to-connect',
    ['attach'],
    'No host manages to connect a volume.',
    attachingBy((attach) => (subject) => {
      failOnceRecorded(subject);
      return attach(subject);
    }),
  ),
  defect(
    'compute:conductor-too-old',
    ['attach'],
    'The conductor is older than the API, and the client gets a 500.',
    checking('conductor', () => {
      throw new UnexpectedError('webob.exc.HTTPServiceUnavailable');
    }),
  ),
];

/** Wraps the effect of an attach. */
function attachingBy(change: (attach: Attach) => Attach): Change {
  return ({ result }) => ({ result: change(result as unknown as Attach) });
}

/** Stores another flag; the response repeats the request. */
function storingFlag(stored: (given: Json | undefined) => Json): Change {
  return attachingBy((attach) => async (subject) => {
    const { wanted } = subject;
    const flag = stored(wanted.delete_on_termination);
    const response = await attach({ ...subject, wanted: { ...wanted, delete_on_termination: flag } });
    return response && responseOf(subject, response.mapping);
  });
}

function responses(name: string, summary: string, field: string, value: (response: AttachResponse) => Json): Fault {
  return defect(`compute:attach-${name}`, ['attach'], summary, showing(field, value));
}

function respondingFirst(attach: Attach): Attach {
  return async (subject) => {
    const { call, rules, found } = subject;
    const { server, volume } = found;
    const waits = successAt(rules, call.at).content === 'item' && server?.vmState !== 'shelved_offloaded';
    if (!server || !volume || !waits) return attach(subject);
    const mapping = mappingFor(subject, server, volume, deviceName(call.cloud, server, deviceOf(subject)));
    inBackground(call, attach(subject));
    return responseOf(subject, mapping);
  };
}

/** The mapping that the refusal removes is there again afterwards. */
function keepingMapping(check: Check<Attaching>): Check<Attaching> {
  return (subject) => {
    const refusal = check(subject);
    const { server, volume } = subject.found;
    const mapping = server?.mappings.find(({ volumeId, attachmentId }) => volumeId === volume?.id && !attachmentId);
    if (refusal && mapping) subject.call.cloud.schedule.after(0, () => server?.mappings.push(mapping));
    return refusal;
  };
}

/** Removes the volume service's record as soon as there is one, so that the host gives up. */
function failOnceRecorded(subject: Attaching, attempts = 200): void {
  const { call, found } = subject;
  call.cloud.schedule.after(1, () => {
    const mapping = found.server?.mappings.find(({ volumeId }) => volumeId === found.volume?.id);
    if (typeof mapping?.attachmentId === 'string') release(call.cloud, mapping.attachmentId);
    else if (attempts > 0) failOnceRecorded(subject, attempts - 1);
  });
}

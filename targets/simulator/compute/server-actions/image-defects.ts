/**
 * Faults of the actions that store servers as images that no operator makes.
 */

import type { Fault } from '../../faults/fault.ts';
import { endpointFault } from '../../faults/of-endpoints.ts';
import type { Image } from '../../image/state.ts';
import type { EndpointRules, Shown } from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import { textMember } from '../../kernel/http.ts';
import type { ComputeCall } from '../call.ts';
import type { Of, OnServer } from '../on-server.ts';

interface Stored {
  readonly image: Image;
}

const backup = 'compute/create-server-back-up';

export const imageDefects: readonly Fault[] = [
  ...['create-image', 'create-server-back-up'].map((name) =>
    endpointFault(
      `compute:${name}-names-another-image`,
      [`compute/${name}`],
      'The response has an id that is not that of the image.',
      ({ response }) => (response ? { response: { ...response, ...renamed(response) } } : {}),
    ),
  ),
  endpointFault(
    'compute:back-ups-have-no-type',
    [backup],
    'The image of a back-up lacks the type of the request.',
    changed('result', (result) => (subject: Of<OnServer>, item: Stored): Stored => {
      const { image } = result(subject, item) as Stored;
      const properties = Object.entries(image.properties).filter(([property]) => property !== 'backup_type');
      return { image: { ...image, properties: Object.fromEntries(properties) } };
    }),
  ),
  endpointFault(
    'compute:back-ups-do-not-rotate',
    [backup],
    'A back-up removes none of the older ones.',
    changed('effect', (effect) => (subject: Of<OnServer>, item: Stored): void => {
      effect({ ...subject, wanted: { ...subject.wanted, rotation: 1000 } }, item);
    }),
  ),
  endpointFault(
    'compute:rotation-counts-every-type',
    [backup],
    'A back-up also removes those of other types.',
    changed('effect', (effect) => (subject: Of<OnServer>, item: Stored): void => {
      for (const { id } of backupsOf(subject)) subject.call.cloud.image.images.delete(id);
      effect(subject, item);
    }),
  ),
  endpointFault(
    'compute:rotation-removes-the-newest',
    [backup],
    'A back-up is removed as soon as there is an older one of its type.',
    changed('effect', (effect) => (subject: Of<OnServer>, item: Stored): void => {
      const { images } = subject.call.cloud.image;
      const type = textMember(subject.wanted, 'backup_type');
      const older = backupsOf(subject).filter(({ properties }) => properties.backup_type === type);
      effect(subject, item);
      for (const image of older) {
        images.delete(image.id);
        images.set(image.id, image);
      }
    }),
  ),
];

type Change = (subject: Of<OnServer>, item: Stored) => unknown;

function changed(
  name: 'result' | 'effect',
  change: (now: Change) => unknown,
): (rules: EndpointRules) => Partial<EndpointRules> {
  return (rules) => {
    const now = rules[name];
    return now ? { [name]: change(now as Change) } : {};
  };
}

function backupsOf({ call, found: { server } }: Of<OnServer>): readonly Image[] {
  return [...call.cloud.image.images.values()].filter(
    ({ properties }) => properties.image_type === 'backup' && properties.instance_uuid === server?.id,
  );
}

type Response = NonNullable<EndpointRules['response']>;
type AnyField = Field<Shown<ComputeCall, never>>;

function renamed({ fields, headers = [] }: Response): Pick<Response, 'fields' | 'headers'> {
  const another = (field: AnyField): AnyField => ({
    ...field,
    value: ({ call }) => (field.name === 'Location' ? `/v2/images/${call.cloud.newId()}` : call.cloud.newId()),
  });
  return { fields: fields.map(another as never), headers: headers.map(another as never) };
}

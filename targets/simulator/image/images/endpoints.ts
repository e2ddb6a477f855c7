/**
 * Images: list, show, delete. Servers create them.
 */

import { type Endpoint, type Lookup, query, type Shown, type Subject, unreadQuery } from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import { notFound } from '../../kernel/refusal.ts';
import { type ImageCall, imageEndpoint } from '../image-endpoint.ts';
import type { Image } from '../state.ts';

const collection = '/v2/images';
const item = `${collection}/:image_id`;

interface Named {
  readonly image: Image | undefined;
}

const named: Lookup<ImageCall, Image> = {
  noun: 'an image',
  id: ({ params }) => params.image_id ?? '',
  matches: ({ id }, text) => id === text,
  rows: ({ cloud }) => cloud.image.images.values(),
  sees: ({ caller }, { visibility, owner }) =>
    visibility === 'public' || caller.projectId === owner || caller.roles.has('admin'),
};

const fields: readonly Field<Shown<ImageCall, Image>>[] = [
  { name: 'name', value: ({ item: { name } }) => name },
  { name: 'disk_format', value: () => 'raw' },
  { name: 'container_format', value: () => 'bare' },
  { name: 'visibility', value: ({ item: { visibility } }) => visibility },
  { name: 'size', value: () => 1_048_576 },
  { name: 'virtual_size', value: () => 1_048_576 },
  { name: 'status', value: ({ item: { status } }) => status },
  { name: 'checksum', value: () => 'b6d81b360a5672d80c27430f39153e2c' },
  { name: 'protected', value: () => false },
  { name: 'min_ram', value: () => 0 },
  { name: 'min_disk', value: ({ item: { minDisk } }) => minDisk },
  { name: 'owner', value: ({ item: { owner } }) => owner },
  { name: 'os_hidden', value: () => false },
  { name: 'id', value: ({ item: { id } }) => id },
  { name: 'created_at', value: created },
  { name: 'updated_at', value: created },
  { name: 'tags', value: () => [] },
  { name: 'self', value: ({ item: { id } }) => `/v2/images/${id}` },
  { name: 'file', value: ({ item: { id } }) => `/v2/images/${id}/file` },
  { name: 'schema', value: () => '/v2/schemas/image' },
];

const whole = { fields, others: ({ item: { properties } }: Shown<ImageCall, Image>) => properties };

const listImages = imageEndpoint('image/list-images', {
  method: 'GET',
  path: collection,
  query: query({ name: { types: ['string'] }, owner: { types: ['string'] } }),
  policy: { rule: 'get_images' },
  checks: ['role'],
  listing: {
    noun: 'images',
    rows: named.rows,
    includes: ({ call, query: { name, owner } }, image) =>
      named.sees?.(call, image) !== false &&
      (name === undefined || image.name === name) &&
      (owner === undefined || image.owner === owner),
  },
  success: [{ status: 200, content: 'item' }],
  response: {
    envelope: 'images',
    ...whole,
    beside: [
      { name: 'first', value: () => '/v2/images' },
      { name: 'schema', value: () => '/v2/schemas/images' },
    ],
  },
});

const showImage = imageEndpoint('image/show-image', {
  method: 'GET',
  path: item,
  query: unreadQuery,
  policy: { rule: 'get_image' },
  lookups: { image: named },
  checks: ['image', 'role'],
  refusals: { image: unknownImage((id) => `No image found with ID ${id}`) },
  result: ({ found: { image } }) => image,
  success: [{ status: 200, content: 'item' }],
  response: whole,
});

const deleteImage = imageEndpoint('image/delete-image', {
  method: 'DELETE',
  path: item,
  query: unreadQuery,
  policy: { rule: 'delete_image', project: ({ found }) => found.image?.owner },
  lookups: { image: named },
  checks: ['image', 'role'],
  refusals: { image: unknownImage((id) => `Failed to find image ${id} to delete`) },
  result: ({ found: { image } }) => image,
  effect: ({ call: { cloud } }, { id }) => {
    cloud.image.images.delete(id);
  },
  success: [{ status: 204, content: 'none' }],
});

export const imageEndpoints: readonly Endpoint[] = [listImages, showImage, deleteImage];

function unknownImage(text: (id: string) => string) {
  return ({ call: { params }, found: { image } }: Subject<ImageCall, Named>) =>
    image ? undefined : notFound(text(params.image_id ?? ''));
}

function created({ item: { createdAt } }: Shown<ImageCall, Image>): string {
  return createdAt.toISOString().replace(/\.\d+Z$/, 'Z');
}

/**
 * The image service: list, show and delete images. Servers create them.
 */

import type { Cloud } from '../cloud.ts';
import { errorPage } from '../kernel/error-page.ts';
import type { Handler } from '../handler.ts';
import { bodiless, json, type JsonObject, type SimRequest, type SimResponse } from '../kernel/http.ts';
import { type Caller, callerOf } from '../identity/caller.ts';
import { router } from '../kernel/router.ts';
import type { Image } from './state.ts';

type Answer = (request: SimRequest, cloud: Cloud, caller: Caller, id: string) => SimResponse;

export const imageRouter = router<Answer>([
  { operation: 'image/list-images', method: 'GET', path: '/v2/images', handle: list },
  { operation: 'image/show-image', method: 'GET', path: '/v2/images/:image_id', handle: show },
  { operation: 'image/delete-image', method: 'DELETE', path: '/v2/images/:image_id', handle: remove },
]);

export const imageService: Handler = (request, cloud) => {
  if (/^\/*$/.test(request.path)) return versions(request, 300);
  if (request.path === '/versions') return versions(request, 200);
  const caller = callerOf(cloud, request.headers['x-auth-token']);
  if (!caller) return unauthenticated(request);
  const match = imageRouter(request.method, request.path);
  if (!match) return missing(request, 'The resource could not be found.');
  return match.route.handle(request, cloud, caller, match.params.image_id ?? '');
};

function list(request: SimRequest, cloud: Cloud, caller: Caller): SimResponse {
  const query = new URLSearchParams(request.query);
  const name = query.get('name');
  const images = [...cloud.image.images.values()].filter(
    (image) => sees(caller, image) && (name === null || image.name === name),
  );
  return json(200, { images: images.map(view), first: '/v2/images', schema: '/v2/schemas/images' });
}

function show(request: SimRequest, cloud: Cloud, caller: Caller, id: string): SimResponse {
  const image = cloud.image.images.get(id);
  return image && sees(caller, image) ? json(200, view(image)) : missing(request, `No image found with ID ${id}`);
}

function remove(request: SimRequest, cloud: Cloud, caller: Caller, id: string): SimResponse {
  const image = cloud.image.images.get(id);
  if (!image || !sees(caller, image)) return missing(request, `Failed to find image ${id} to delete`);
  const isOwn = caller.roles.has('admin') || (caller.projectId === image.owner && caller.roles.has('member'));
  if (!isOwn) {
    return errorPage(
      request.headers.accept,
      403,
      'Forbidden',
      'You are not authorized to complete delete_image action.',
    );
  }
  cloud.image.images.delete(id);
  return bodiless(204);
}

function sees(caller: Caller, { visibility, owner }: Image): boolean {
  return visibility === 'public' || caller.projectId === owner || caller.roles.has('admin');
}

function view({ id, name, visibility, owner, createdAt, minDisk, status, properties }: Image): JsonObject {
  const created = createdAt.toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    ...properties,
    name,
    disk_format: 'raw',
    container_format: 'bare',
    visibility,
    size: 1_048_576,
    virtual_size: 1_048_576,
    status,
    checksum: 'b6d81b360a5672d80c27430f39153e2c',
    protected: false,
    min_ram: 0,
    min_disk: minDisk,
    owner,
    os_hidden: false,
    id,
    created_at: created,
    updated_at: created,
    tags: [],
    self: `/v2/images/${id}`,
    file: `/v2/images/${id}/file`,
    schema: '/v2/schemas/image',
  };
}

function versions({ origin }: SimRequest, status: number): SimResponse {
  const links = [{ rel: 'self', href: `${origin}/image/v2/` }];
  const older = ['v2.15', 'v2.9', 'v2.7', 'v2.0'].map((id) => ({ id, status: 'SUPPORTED', links }));
  return json(status, { versions: [{ id: 'v2.17', status: 'CURRENT', links }, ...older] });
}

function missing(request: SimRequest, text: string): SimResponse {
  return errorPage(request.headers.accept, 404, 'Not Found', text);
}

function unauthenticated(request: SimRequest): SimResponse {
  const shown = errorPage(
    request.headers.accept,
    401,
    'Unauthorized',
    'This server could not verify that you are authorized to access the document you requested.',
  );
  const challenge = { 'WWW-Authenticate': `Keystone uri="${request.origin}/identity/v3"` };
  return { ...shown, headers: { ...shown.headers, ...challenge } };
}

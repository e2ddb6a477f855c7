/** Where a target misbehaves. Paths are those of the embedded cloud. */
import type { Where } from './misbehaviour.ts';

export const everywhere: Where = () => true;
export const signIn: Where = ({ path }) => path.startsWith('/identity/');
export const versionDocument: Where = ({ path }) => path === '/compute/v2.1/';
export const discovery: Where = (request) =>
  versionDocument(request) || /\/flavors\/detail|\/image\/|\/types/.test(request.path);
/** All that compute and block storage are asked once the target is known. */
export const services: Where = (request) => !signIn(request) && !discovery(request);
export const acts: Where = ({ path }) => path.includes('/os-volume_attachments');
export const creates: Where = ({ method, path }) => method === 'POST' && /\/(servers|volumes)$/.test(path);
export const serverCreates: Where = (request) => creates(request) && request.path.endsWith('/servers');
export const deletes: Where = ({ method, path }) => method === 'DELETE' && /\/(servers|volumes)\/[^/]+$/.test(path);

/** For what stands in a reply that is JSON: every clause on the members and headers of the reply to an attach. */
export const responses = ['--include', 'compute/attach-volume#reply-*'] as const;

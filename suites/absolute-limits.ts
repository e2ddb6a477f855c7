/** Quotas that a service shows in `GET /limits`, as Nova and Cinder do. */
import type { QuotaSource } from '../src/resources/resource-type.ts';

export function absoluteLimit(
  service: string,
  quota: Pick<QuotaSource, 'id' | 'words'>,
  most: string,
  used: string,
): QuotaSource {
  const under = '/limits/absolute';
  return { ...quota, service, path: '/limits', most: `${under}/${most}`, used: `${under}/${used}` };
}

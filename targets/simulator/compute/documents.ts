/**
 * The version documents of the compute service, which need no token.
 */

import { formatMicroversion, type Microversion } from '../../../src/microversion.ts';
import type { Cloud } from '../cloud.ts';
import { json, type JsonObject, type SimRequest, type SimResponse } from '../kernel/http.ts';

interface Version {
  readonly id: 'v2.0' | 'v2.1';
  readonly segment: 'v2' | 'v2.1';
  readonly head: JsonObject;
  readonly media: JsonObject;
}

export function rootDocument(request: SimRequest, cloud: Cloud): SimResponse {
  const { rootHasLinks, rootMaximum } = cloud.behaviour.compute.protocol.documents;
  const entries = versions(cloud, rootMaximum).map(({ head, segment }) => ({
    ...head,
    ...(rootHasLinks ? { links: [self(request, `${segment}/`)] } : {}),
  }));
  return json(200, { versions: entries });
}

/** The response to a path without a known version. */
export function choices(request: SimRequest, cloud: Cloud): SimResponse {
  const entries = versions(cloud).map(({ id, segment, head, media }) => ({
    id,
    status: head.status ?? null,
    links: [self(request, segment + request.path.replace(/\/+$/, ''))],
    'media-types': [media],
  }));
  return json(300, { choices: entries });
}

export function versionDocument(request: SimRequest, cloud: Cloud, segment: 'v2' | 'v2.1'): SimResponse {
  const { versionMaximum } = cloud.behaviour.compute.protocol.documents;
  const version = versions(cloud, versionMaximum).find((one) => one.segment === segment);
  const described = { rel: 'describedby', type: 'text/html', href: 'http://docs.openstack.org/' };
  const links = [self(request, `${segment}/`), described];
  return json(200, { version: { ...version?.head, links, 'media-types': version ? [version.media] : [] } });
}

/** `shownMaximum` returns the newest microversion that the document shows. */
function versions(cloud: Cloud, shownMaximum = (maximum: Microversion) => maximum): readonly Version[] {
  const { legacyDocument, minimum, maximum, protocol } = cloud.behaviour.compute;
  const { status, updated } = legacyDocument;
  const range = { version: formatMicroversion(shownMaximum(maximum)), min_version: formatMicroversion(minimum) };
  const none = { version: '', min_version: '' };
  return [
    {
      id: 'v2.0',
      segment: 'v2',
      head: { id: 'v2.0', status, ...(protocol.legacy.showsRange ? range : none), updated },
      media: mediaType('2'),
    },
    {
      id: 'v2.1',
      segment: 'v2.1',
      head: { id: 'v2.1', status: 'CURRENT', ...range, updated: '2013-07-23T11:33:21Z' },
      media: mediaType('2.1'),
    },
  ];
}

function mediaType(version: string): JsonObject {
  return { base: 'application/json', type: `application/vnd.openstack.compute+json;version=${version}` };
}

function self(request: SimRequest, path: string): JsonObject {
  return { rel: 'self', href: `${request.origin}/compute/${path}` };
}

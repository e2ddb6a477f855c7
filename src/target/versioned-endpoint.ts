/**
 * Finds the endpoint of the API version of a service; catalogues list endpoints with or without a version.
 *
 * Scheme and host of the catalogue are kept, regardless of the version document, so that tokens are not sent elsewhere.
 */
import { headerValue, type Exchange } from '../client/exchange.ts';
import { receivedIn } from '../client/received.ts';
import { blank } from './catalog-endpoint.ts';
import { overrideField } from './service-types.ts';
import { readVersionDocument } from './version-document.ts';
import { splitEndpoint } from './version-root.ts';

/** The endpoint of a service cannot be used: why, and the remedy. */
export class EndpointError extends Error {
  readonly code = 'endpoint';
  readonly what: string;
  readonly remedy: string;

  constructor(what: string, remedy: string) {
    super(`${what} ${remedy}`);
    this.what = what;
    this.remedy = remedy;
  }
}

interface Wanted {
  readonly words: string;
  /** The version as a segment of the path. */
  readonly segment: string;
  /** Its ids in version documents. */
  readonly ids: readonly string[];
  /** Whether releases that are still in use expect the project in every path. */
  readonly withProject: boolean;
}

const wanted: Readonly<Record<string, Wanted>> = {
  compute: { words: 'the Compute API', segment: 'v2.1', ids: ['v2.1'], withProject: false },
  'block-storage': { words: 'the Block Storage API', segment: 'v3', ids: ['v3.0', 'v3'], withProject: true },
};

/** Services whose requests contain the version in their paths. */
const unversioned: ReadonlySet<string> = new Set(['image', 'network']);

/** Requests the version document of a URL. */
export type AskVersions = (url: string) => Promise<Exchange>;

/** @throws EndpointError */
export async function versionedEndpoint(
  type: string,
  url: string,
  projectId: string | undefined,
  ask: AskVersions,
): Promise<string> {
  refuseUnusable(type, url);
  const version = wanted[type];
  const { root, version: named } = splitEndpoint(url);
  if (!version) return unversioned.has(type) ? root : url;
  if (named === version.segment) return url;
  const found = await findVersion(type, version, root, ask);
  return version.withProject && projectId !== undefined ? `${found}/${projectId}` : found;
}

/** @throws EndpointError */
function refuseUnusable(type: string, url: string): void {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new EndpointError(`The ${type} endpoint ${url} is not an HTTP URL.`, remedyOf(type));
  }
  const empty = blank.exec(url)?.[0];
  if (empty === undefined) return;
  const why = `${empty} in the ${type} endpoint ${url} cannot be replaced: the identity has no such id.`;
  throw new EndpointError(why, remedyOf(type));
}

async function findVersion(type: string, version: Wanted, root: string, ask: AskVersions): Promise<string> {
  const document = await ask(`${root}/`);
  const links = documentIn(document);
  const expected = `a version document that leads to ${version.segment} was expected`;
  const refuse = (came: string): never => {
    throw new EndpointError(`${root}/, the ${type} endpoint, ${came}; ${expected}.`, remedyOf(type));
  };
  if (!links) return refuse(cameBack(document));
  const link = links.find(({ id }) => version.ids.includes(id));
  if (!link) return refuse(`lists ${links.map(({ id }) => id).join(', ')} only`);
  const places = candidates(root, version, link.href);
  for (const place of places) if (await isThere(`${place}/`, version, ask)) return place;
  return refuse(`leads to ${places.join(' and ')}, where ${version.words} was not found`);
}

/** The linked path on the host of the catalogue, and the version below the root, as proxies may remove prefixes. */
function candidates(root: string, { segment }: Wanted, href: string | undefined): readonly string[] {
  const { origin } = new URL(root);
  const below = `${root}/${segment}`;
  const link = href !== undefined && URL.canParse(href, `${root}/`) ? new URL(href, `${root}/`) : undefined;
  // The path of another kind of URL need not begin with a slash, and could become part of the host.
  if (!link || !/^https?:$/.test(link.protocol)) return [below];
  const linked = origin + link.pathname.replace(/\/+$/, '');
  return [...new Set([linked, below])].filter((place) => place !== origin);
}

/** A version that responds with 401 exists as well. */
async function isThere(url: string, { ids }: Wanted, ask: AskVersions): Promise<boolean> {
  const document = await ask(url);
  const status = document.response?.status;
  return status === 401 || documentIn(document)?.some(({ id }) => ids.includes(id)) === true;
}

function documentIn(exchange: Exchange): ReturnType<typeof readVersionDocument> {
  const response = receivedIn(exchange);
  return response && [200, 300].includes(response.status) ? readVersionDocument(response.body) : undefined;
}

function cameBack({ response, failure }: Exchange): string {
  if (!response) return `did not respond (${failure?.code ?? 'unknown'}: ${failure?.message ?? ''})`;
  const place = headerValue(response.headers, 'location');
  if (response.status >= 300 && response.status < 400 && place !== undefined) {
    return `answered ${response.status}, a redirect to ${place}, which is not followed`;
  }
  const text = response.body.replace(/\s+/g, ' ').trim().slice(0, 100);
  return `answered ${response.status}${text === '' ? '' : ` with ${JSON.stringify(text)}`}`;
}

function remedyOf(type: string): string {
  const field = overrideField(type);
  const option = `--os-${field.replaceAll('_', '-')}`;
  return `Set the right one by ${option} URL, or by ${field} in clouds.yaml.`;
}

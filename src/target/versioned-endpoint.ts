/**
 * From where a service is to where its version is, as catalogues leave either out.
 *
 * The catalogue's scheme and host are kept whatever the service says of itself, so a token goes nowhere else.
 */
import { headerValue, type Exchange } from '../client/exchange.ts';
import { receivedIn } from '../client/received.ts';
import { blank } from './catalog-endpoint.ts';
import { overrideField } from './service-types.ts';
import { readVersionDocument } from './version-document.ts';
import { splitEndpoint } from './version-root.ts';

/** The endpoint of a service cannot be used; what came, and what the operator can do. */
export class EndpointError extends Error {
  readonly code = 'endpoint';
  readonly what: string;
  readonly mend: string;

  constructor(what: string, mend: string) {
    super(`${what} ${mend}`);
    this.what = what;
    this.mend = mend;
  }
}

interface Wanted {
  readonly words: string;
  /** The part of a path that stands for it. */
  readonly segment: string;
  /** What version documents call it. */
  readonly ids: readonly string[];
  /** Releases that are still in use expect the project in every path. */
  readonly withProject: boolean;
}

const wanted: Readonly<Record<string, Wanted>> = {
  compute: { words: 'the Compute API', segment: 'v2.1', ids: ['v2.1'], withProject: false },
  'block-storage': { words: 'the Block Storage API', segment: 'v3', ids: ['v3.0', 'v3'], withProject: true },
};

/** For these whoever asks adds the version. */
const unversioned: ReadonlySet<string> = new Set(['image', 'network']);

/** Asks a URL of the target for its versions. */
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
    throw new EndpointError(`${url} is no HTTP URL, and the ${type} endpoint has to be one.`, mendOf(type));
  }
  const empty = blank.exec(url)?.[0];
  if (empty === undefined) return;
  const why = `${empty} in the ${type} endpoint ${url} cannot be filled: whoever asks has no such id.`;
  throw new EndpointError(why, mendOf(type));
}

async function findVersion(type: string, version: Wanted, root: string, ask: AskVersions): Promise<string> {
  const document = await ask(`${root}/`);
  const links = documentIn(document);
  const expected = `a version document that leads to ${version.segment} was expected`;
  const refuse = (came: string): never => {
    throw new EndpointError(`${root}/, the ${type} endpoint, ${came}; ${expected}.`, mendOf(type));
  };
  if (!links) return refuse(cameBack(document));
  const link = links.find(({ id }) => version.ids.includes(id));
  if (!link) return refuse(`speaks of ${links.map(({ id }) => id).join(', ')} only`);
  const places = candidates(root, version, link.href);
  for (const place of places) if (await isThere(`${place}/`, version, ask)) return place;
  return refuse(`leads to ${places.join(' and ')}, and ${version.words} is not there`);
}

/** By the link, on the host of the catalogue; and below the root, as proxies take prefixes away without telling. */
function candidates(root: string, { segment }: Wanted, href: string | undefined): readonly string[] {
  const { origin } = new URL(root);
  const below = `${root}/${segment}`;
  const link = href !== undefined && URL.canParse(href, `${root}/`) ? new URL(href, `${root}/`) : undefined;
  // The path of anything else need not begin with a slash, and could become part of the host.
  if (!link || !/^https?:$/.test(link.protocol)) return [below];
  const linked = origin + link.pathname.replace(/\/+$/, '');
  return [...new Set([linked, below])].filter((place) => place !== origin);
}

/** A version that wants a token first is there as well. */
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
  if (!response) return `did not answer (${failure?.code ?? 'unknown'}: ${failure?.message ?? ''})`;
  const place = headerValue(response.headers, 'location');
  if (response.status >= 300 && response.status < 400 && place !== undefined) {
    return `answered ${response.status}, a redirect to ${place}, which is not followed`;
  }
  const text = response.body.replace(/\s+/g, ' ').trim().slice(0, 100);
  return `answered ${response.status}${text === '' ? '' : ` with ${JSON.stringify(text)}`}`;
}

function mendOf(type: string): string {
  const field = overrideField(type);
  const option = `--os-${field.replaceAll('_', '-')}`;
  return `Name the right one by ${option} URL, or by ${field} in clouds.yaml.`;
}

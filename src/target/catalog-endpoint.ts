/** Finds the endpoint of a service in overrides and catalogue, without a request; and explains why there is none. */
import type { Credentials } from './credentials.ts';
import type { TokenFacts } from './keystone-token.ts';
import { endpointsOf, placeIn } from './place.ts';
import { namesOf, overrideField } from './service-types.ts';
import { unfitUrl, withoutUser } from './service-url.ts';
import { SignInError } from './sign-in-error.ts';

/**
 * Without a trailing slash; an override takes precedence. Undefined when neither has the service.
 *
 * @throws SignInError for a URL of the catalogue to which no token may be sent, and for an ambiguous region
 */
export function catalogEndpoint(type: string, credentials: Credentials, facts: TokenFacts): string | undefined {
  const override = overriddenEndpoint(type, credentials, facts);
  if (override !== undefined) return override;
  const listed = listedAt(type, credentials, facts);
  if (listed === undefined) return undefined;
  const url = filled(listed, facts).replace(/\/+$/, '');
  const authUrl = 'authUrl' in credentials.auth ? credentials.auth.authUrl : undefined;
  const unfit = unfitUrl(url, { authUrl, insecure: credentials.tls.insecure });
  if (unfit === undefined) return url;
  throw new SignInError(
    `The catalogue has the ${type} endpoint at ${withoutUser(url)}, ${unfit}.`,
    `Have it corrected, or set ${overrideField(type)}.`,
  );
}

function listedAt(type: string, credentials: Credentials, facts: TokenFacts): string | undefined {
  const { region, interfaces } = placeIn(facts.catalog, credentials);
  const here = endpointsOf(type, facts.catalog).filter((one) => isIn(one.region, region, credentials));
  return interfaces.flatMap((face) => here.filter((one) => one.interface === face))[0]?.url;
}

/** An endpoint without a region is in every region, unless a region is selected. */
function isIn(own: string | undefined, region: string | undefined, asked: Credentials): boolean {
  return own === region || region === undefined || (own === undefined && asked.region === undefined);
}

/** Why a service has no endpoint: what the catalogue has instead, and what to do. */
export interface MissingEndpoint {
  readonly reason: string;
  readonly remedy: string;
}

export function describeMissing(
  type: string,
  credentials: Credentials,
  { catalog }: Pick<TokenFacts, 'catalog'>,
): MissingEndpoint {
  const { from, region, interfaces } = credentials;
  const instead = `set ${overrideField(type)}`;
  const all = endpointsOf(type, catalog);
  if (all.length === 0) {
    const types = catalog.filter(({ endpoints }) => endpoints.length > 0).map((service) => service.type);
    const has = types.length === 0 ? 'it is empty' : `it has ${distinct(types).join(', ')}`;
    return {
      reason: `The catalogue of ${from} has no ${type} endpoint: ${has}.`,
      remedy: `Have the service added to it, or ${instead}.`,
    };
  }
  if (region !== undefined && all.every((one) => one.region === undefined)) {
    return {
      reason: `The catalogue of ${from} has no ${type} endpoint in region ${region}: none of its ${type} endpoints names a region.`,
      remedy: `Leave the region out, or ${instead}.`,
    };
  }
  const regions = distinct(all.map((one) => one.region ?? 'no region'));
  if (region !== undefined && !regions.includes(region)) {
    return {
      reason: `The catalogue of ${from} has no ${type} endpoint in region ${region}: it has ${listed('region', regions)}.`,
      remedy: `Choose one by --os-region-name, or ${instead}.`,
    };
  }
  const faces = distinct(
    all.filter((one) => region === undefined || one.region === region).map((one) => one.interface),
  );
  const where = region === undefined ? '' : ` in region ${region}`;
  return {
    reason: `The catalogue of ${from} has no ${type} endpoint${where} at ${listed('interface', interfaces)}: it has ${listed('interface', faces)}.`,
    remedy: `Choose one by --os-interface, or ${instead}.`,
  };
}

function listed(what: string, names: readonly string[]): string {
  return `${what}${names.length === 1 ? '' : 's'} ${names.join(', ')}`;
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

type Who = Pick<TokenFacts, 'projectId' | 'userId'>;

/** Placeholders such as `%(project_id)s` are replaced by the ids of the identity. */
export function overriddenEndpoint(type: string, { endpointOverrides }: Credentials, who: Who): string | undefined {
  const url = namesOf(type)
    .map((name) => endpointOverrides[name])
    .find((one) => one !== undefined);
  return url === undefined ? undefined : filled(url, who).replace(/\/+$/, '');
}

/** A placeholder, as catalogues write them. */
export const blank = /[%$]\((\w+)\)s/;

function filled(url: string, { projectId, userId }: Who): string {
  const values: Readonly<Record<string, string | undefined>> = {
    project_id: projectId,
    tenant_id: projectId,
    user_id: userId,
  };
  return url.replaceAll(new RegExp(blank, 'g'), (text, name: string) => values[name] ?? text);
}

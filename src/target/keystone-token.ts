/** Parses a token body; invalid members are left out. */
import { jsonList, jsonObject, jsonText, parseJson, type Json } from '../json.ts';

export interface TokenFacts {
  /** Milliseconds since the epoch, by Keystone's clock. */
  readonly expiresAt: number;
  /** By the clock of Keystone as well; undefined when Keystone does not show it. */
  readonly issuedAt: number | undefined;
  readonly projectId: string | undefined;
  readonly projectName: string | undefined;
  readonly userId: string | undefined;
  readonly userName: string | undefined;
  /** The domain of the user. */
  readonly domainId: string | undefined;
  readonly roles: readonly string[];
  readonly catalog: readonly CatalogService[];
}

export interface CatalogService {
  readonly type: string;
  readonly endpoints: readonly CatalogEndpoint[];
}

export interface CatalogEndpoint {
  readonly interface: string;
  readonly region: string | undefined;
  readonly url: string;
}

/** Undefined when the text is not a JSON object with a token that has an expiry. */
export function readTokenBody(body: string): TokenFacts | undefined {
  const token = jsonObject(jsonObject(parseJson(body)).token);
  const expiresAt = Date.parse(jsonText(token.expires_at) ?? '');
  if (Number.isNaN(expiresAt)) return undefined;
  const issuedAt = Date.parse(jsonText(token.issued_at) ?? '');
  return {
    expiresAt,
    issuedAt: Number.isNaN(issuedAt) ? undefined : issuedAt,
    projectId: jsonText(jsonObject(token.project).id),
    projectName: jsonText(jsonObject(token.project).name),
    userId: jsonText(jsonObject(token.user).id),
    userName: jsonText(jsonObject(token.user).name),
    domainId: jsonText(jsonObject(jsonObject(token.user).domain).id),
    roles: jsonList(token.roles).flatMap((role) => jsonText(jsonObject(role).name) ?? []),
    catalog: jsonList(token.catalog).map((service) => ({
      type: jsonText(jsonObject(service).type) ?? '',
      endpoints: jsonList(jsonObject(service).endpoints).flatMap(readEndpoint),
    })),
  };
}

function readEndpoint(value: Json): readonly CatalogEndpoint[] {
  const endpoint = jsonObject(value);
  const url = jsonText(endpoint.url);
  const face = jsonText(endpoint.interface);
  if (url === undefined || face === undefined) return [];
  return [{ interface: face, region: jsonText(endpoint.region_id) ?? jsonText(endpoint.region), url }];
}

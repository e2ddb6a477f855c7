/** Reads a token body: everything that does not fit is left out, and the caller sees what is missing. */
import { jsonList, jsonObject, jsonText, parseJson, type Json } from '../json.ts';

export interface TokenFacts {
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly projectId: string | undefined;
  readonly userId: string | undefined;
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

/** Undefined when the text is no JSON object with a token that expires. */
export function readTokenBody(body: string): TokenFacts | undefined {
  const token = jsonObject(jsonObject(parseJson(body)).token);
  const expiresAt = Date.parse(jsonText(token.expires_at) ?? '');
  if (Number.isNaN(expiresAt)) return undefined;
  return {
    expiresAt,
    projectId: jsonText(jsonObject(token.project).id),
    userId: jsonText(jsonObject(token.user).id),
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

/**
 * Requests and responses as plain data, and the type of their handlers. No sockets here.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

export interface SimRequest {
  readonly method: string;
  /** As sent, still percent-encoded, without the service's prefix and without the query. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined when the bytes are not UTF-8. */
  readonly body: string | undefined;
  readonly bodyBytes: number;
  /** The client's address of this server, such as `http://127.0.0.1:8774`. */
  readonly origin: string;
  readonly service: ServiceType;
  /**
   * The matched operation, such as `compute/attach-volume`; its call for a request that is for none of those that
   * share it; undefined when no route matches.
   */
  readonly operation: string | undefined;
  /** Decoded path parameters of the matched route. */
  readonly params: Readonly<Record<string, string>>;
}

export type ServiceType = 'identity' | 'compute' | 'block-storage' | 'image' | 'network';

export type HeaderValue = string | readonly string[];

export interface SimResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, HeaderValue>>;
  readonly body: string;
}

export function json(status: number, body: Json, headers: SimResponse['headers'] = {}): SimResponse {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** A response without a body that still has a type and a length, as the 202 and 204 of the services have. */
export function bodiless(status: number): SimResponse {
  return { status, headers: { 'Content-Type': 'application/json', 'Content-Length': '0' }, body: '' };
}

export function withHeaders(response: SimResponse, headers: SimResponse['headers']): SimResponse {
  return { ...response, headers: { ...response.headers, ...headers } };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body of a message; undefined if it has none or is not JSON. */
export function jsonIn({ body = '' }: { readonly body?: string | undefined }): Json | undefined {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
}

/** A member of a JSON object; undefined when it is missing or `value` is not an object. */
export function member(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

export function textMember(value: Json | undefined, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === 'string' ? found : undefined;
}

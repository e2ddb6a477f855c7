/** The credentials of an identity: the auth types of keystoneauth as one union. */

export interface Credentials {
  /** For messages: the name of the cloud, or the source of the values. Never a secret. */
  readonly from: string;
  readonly auth: Auth;
  readonly region?: string;
  /** Endpoint interfaces of the catalogue, the preferred one first. */
  readonly interfaces: readonly EndpointInterface[];
  /** By service type; a URL to use instead of the catalogue's. */
  readonly endpointOverrides: Readonly<Record<string, string>>;
  readonly tls: Tls;
  /** What was ignored in its entry, as a sentence. */
  readonly note?: string;
}

export const endpointInterfaces = ['public', 'internal', 'admin'] as const;
export type EndpointInterface = (typeof endpointInterfaces)[number];

export interface Tls {
  /** Any certificate is accepted. */
  readonly insecure: boolean;
  /** The setting that makes it insecure: `verify: false`. */
  readonly because?: string;
  /** Paths of PEM files: authorities to trust in addition to the system's, the client certificate, and its key. */
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
}

export type Auth = PasswordAuth | TokenAuth | ApplicationCredentialAuth | NoAuth | HttpBasicAuth;

export interface PasswordAuth {
  readonly type: 'password';
  readonly authUrl: string;
  readonly user: Named;
  readonly password: string;
  readonly scope: Scope;
}

export interface TokenAuth {
  readonly type: 'token';
  readonly authUrl: string;
  readonly token: string;
  readonly scope: Scope;
}

export interface ApplicationCredentialAuth {
  readonly type: 'v3applicationcredential';
  readonly authUrl: string;
  readonly credential: { readonly id: string } | { readonly name: string; readonly user: Named };
  readonly secret: string;
}

export interface NoAuth {
  readonly type: 'none';
  readonly endpoint: string;
}

export interface HttpBasicAuth {
  readonly type: 'http_basic';
  readonly endpoint: string;
  readonly username: string;
  readonly password: string;
}

/** By id, or by name inside a domain. */
export type Named =
  | { readonly id: string }
  | { readonly name: string; readonly domain: { readonly id: string } | { readonly name: string } };

export type Scope =
  | { readonly kind: 'project'; readonly project: Named }
  | { readonly kind: 'domain'; readonly domain: { readonly id: string } | { readonly name: string } }
  | { readonly kind: 'system' }
  | { readonly kind: 'unscoped' };

/** What follows `Basic` in the header (RFC 7617). */
export function basicCredentials({ username, password }: HttpBasicAuth): string {
  return Buffer.from(`${username}:${password}`).toString('base64');
}

/** The values of an identity that must reach no file and no terminal. */
export function secretsOf({ auth }: Credentials): readonly string[] {
  switch (auth.type) {
    case 'password':
      return [auth.password];
    case 'http_basic':
      return [auth.password, basicCredentials(auth)];
    case 'token':
      return [auth.token];
    case 'v3applicationcredential':
      return [auth.secret];
    case 'none':
      return [];
  }
}

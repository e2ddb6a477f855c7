/**
 * What a handler of the identity service is given, and how it is listed.
 */

import type { Cloud } from '../cloud.ts';
import type { Json, SimRequest, SimResponse } from '../http.ts';
import type { Caller } from './caller.ts';

export interface IdentityCall {
  readonly request: SimRequest;
  readonly cloud: Cloud;
  readonly caller: Caller;
  readonly body: Json | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/** Who may: anybody signed in, the user named in the path, members of the project named in the path, or admins. */
export type IdentityGrant = 'anyone' | 'self' | 'own-project' | 'admin';

export interface IdentityHandle {
  /** As Keystone's policy names it, such as `list_projects`. */
  readonly rule: string;
  readonly grant: IdentityGrant;
  readonly answer: (call: IdentityCall) => SimResponse;
}

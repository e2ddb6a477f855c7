/**
 * The declared endpoints of the identity service: one line for each resource.
 */

import type { Endpoint } from '../kernel/endpoint.ts';
import { applicationCredentialEndpoints } from './application-credentials/endpoints.ts';
import { grantEndpoints } from './grants/endpoints.ts';
import { projectEndpoints } from './projects/endpoints.ts';
import { issueToken } from './tokens/issue-token.ts';
import { tokenEndpoints } from './tokens/endpoints.ts';
import { userEndpoints } from './users/endpoints.ts';

/** Those that need no token. */
export const openEndpoints: readonly Endpoint[] = [issueToken];

export const guardedEndpoints: readonly Endpoint[] = [
  ...tokenEndpoints,
  ...projectEndpoints,
  ...userEndpoints,
  ...grantEndpoints,
  ...applicationCredentialEndpoints,
];

export const identityEndpoints: readonly Endpoint[] = [...openEndpoints, ...guardedEndpoints];

/** Where credentials and catalogue say a service is, before anybody was asked. */
import type { Credentials } from './credentials.ts';
import type { TokenFacts } from './keystone-token.ts';
import { unfitUrl } from './service-url.ts';
import { SignInError } from './sign-in-error.ts';

/** Names under which catalogues list a service, the official one first. */
const serviceAliases: Readonly<Record<string, readonly string[]>> = {
  'block-storage': ['block-storage', 'volumev3', 'block-store', 'volume', 'volumev2'],
  compute: ['compute', 'computev21', 'compute_legacy'],
  identity: ['identity'],
  image: ['image'],
  network: ['network'],
  'shared-file-system': ['shared-file-system', 'sharev2', 'share'],
};

/**
 * Without a trailing slash; an override wins, the operator's own word. Undefined when neither names the service.
 *
 * @throws SignInError for a URL of the catalogue that no token may be sent to
 */
export function catalogEndpoint(type: string, credentials: Credentials, facts: TokenFacts): string | undefined {
  const override = overriddenEndpoint(type, credentials, facts);
  if (override !== undefined) return override;
  const url = listedAt(type, credentials, facts)?.replace(/\/+$/, '');
  if (url === undefined) return undefined;
  const authUrl = 'authUrl' in credentials.auth ? credentials.auth.authUrl : undefined;
  const unfit = unfitUrl(url, { authUrl, insecure: credentials.tls.insecure });
  if (unfit === undefined) return url;
  throw new SignInError(
    `The catalogue has the ${type} endpoint at ${url}, ${unfit};`,
    `have it corrected, or set ${type.replaceAll('-', '_')}_endpoint_override.`,
  );
}

function listedAt(type: string, credentials: Credentials, facts: TokenFacts): string | undefined {
  const services = namesOf(type).flatMap((name) => facts.catalog.filter((service) => service.type === name));
  return services
    .flatMap((service) => service.endpoints)
    .find(
      (endpoint) =>
        endpoint.interface === credentials.interface &&
        (credentials.region === undefined || endpoint.region === credentials.region),
    )?.url;
}

type Who = Pick<TokenFacts, 'projectId' | 'userId'>;

/** Its blanks, `%(project_id)s` and the like, are filled with the own ids of whoever asks. */
export function overriddenEndpoint(type: string, { endpointOverrides }: Credentials, who: Who): string | undefined {
  const url = namesOf(type)
    .map((name) => endpointOverrides[name])
    .find((one) => one !== undefined);
  return url === undefined ? undefined : filled(url, who).replace(/\/+$/, '');
}

/** As catalogues write them; one that nobody can fill. */
export const blank = /[%$]\((\w+)\)s/;

function filled(url: string, { projectId, userId }: Who): string {
  const values: Readonly<Record<string, string | undefined>> = {
    project_id: projectId,
    tenant_id: projectId,
    user_id: userId,
  };
  return url.replaceAll(new RegExp(blank, 'g'), (text, name: string) => values[name] ?? text);
}

function namesOf(type: string): readonly string[] {
  return serviceAliases[type] ?? [type];
}

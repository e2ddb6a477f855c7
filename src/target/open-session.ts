/** Signs in, and discovers the versioned endpoints of the services. */
import type { Clock, RequestFacts, Recorder } from '../client/recorder.ts';
import { sendPatiently } from '../client/send-patiently.ts';
import type { Credentials } from './credentials.ts';
import { signIn, type Session } from './session.ts';
import { runServices } from './service-types.ts';
import { EndpointError, versionedEndpoint, type AskVersions } from './versioned-endpoint.ts';

/** Discovered endpoints take precedence over those of the catalogue. @throws SignInError, EndpointError */
export async function openSession(
  identity: string,
  credentials: Credentials,
  recorder: Recorder,
  clock: Clock,
): Promise<Session> {
  const session = await signIn(identity, credentials, recorder, clock);
  const ask: AskVersions = async (url) => {
    const requestFacts = async (): Promise<RequestFacts> => {
      const headers = [['accept', 'application/json'], ...(await session.headers())] as const;
      return { purpose: 'discovery', identity, request: { method: 'GET', url, headers } };
    };
    return (await sendPatiently(recorder, requestFacts)).exchange;
  };
  const found = new Map<string, string>();
  for (const type of runServices) {
    const url = session.endpoint(type);
    if (url === undefined) continue;
    const versioned = versionedEndpoint(type, url, session.projectId, ask);
    found.set(type, await versioned.catch((error: unknown) => withoutSecrets(error, recorder)));
  }
  return { ...session, endpoint: (type) => found.get(type) ?? session.endpoint(type) };
}

/** It repeats what the target says of its versions. */
function withoutSecrets(error: unknown, { redactor }: Recorder): never {
  throw error instanceof EndpointError ? new EndpointError(redactor.text(error.what), error.remedy) : error;
}

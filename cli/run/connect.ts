/**
 * Connects to a target before the run: a client with the TLS settings of all identities, and a recorder that redacts
 * their secrets.
 */
import { createHttpClient, type HttpClientOptions } from '../../src/client/http-client.ts';
import { createPace } from '../../src/client/request-rate.ts';
import { createRecorder, type Recorder, type Trace } from '../../src/client/recorder.ts';
import { createRedactor } from '../../src/client/redaction.ts';
import { secretsOf } from '../../src/target/credentials.ts';
import { connectionOf, proxySecrets } from './connection.ts';
import type { CredentialsByIdentity } from './find-credentials.ts';
import type { OpenTarget } from './open-target.ts';

export interface Connected {
  readonly recorder: Recorder;
  readonly connection: HttpClientOptions;
  readonly close: () => Promise<void>;
}

export interface ConnectOptions {
  readonly timeoutFactor?: number | undefined;
  readonly requestsPerSecond?: number | undefined;
  readonly trace?: Trace | undefined;
}

/** @throws UsageError when a certificate file cannot be used */
export function connect(
  opened: Pick<OpenTarget, 'credentials' | 'embedded'>,
  { timeoutFactor, requestsPerSecond, trace }: ConnectOptions = {},
): Connected {
  const { credentials } = opened;
  const connection = connectionOf(credentials, opened.embedded === true);
  for (const line of [...insecureLines(credentials), ...noteLines(credentials)]) process.stderr.write(`${line}\n`);
  const http = createHttpClient({ ...connection, ...(timeoutFactor === undefined ? {} : { timeoutFactor }) });
  const redactor = createRedactor();
  for (const own of Object.values(credentials)) for (const secret of secretsOf(own)) redactor.learn(secret);
  for (const secret of proxySecrets(connection.proxies)) redactor.learn(secret);
  const recorder = createRecorder(
    http,
    redactor,
    { now: Date.now },
    {
      trace,
      ...(timeoutFactor === undefined ? {} : { timeoutFactor }),
      ...(requestsPerSecond === undefined ? {} : { pace: createPace(requestsPerSecond, Date.now) }),
    },
  );
  return { recorder, connection, close: () => http.close() };
}

function noteLines(credentials: CredentialsByIdentity): readonly string[] {
  const notes = Object.values(credentials).flatMap(({ note }) => note ?? []);
  return [...new Set(notes)].map((note) => `WARNING: ${note}`);
}

/** Warnings that are printed before the first request. */
function insecureLines(credentials: CredentialsByIdentity): readonly string[] {
  return Object.entries(credentials).flatMap(([identity, { from, tls }]) =>
    tls.insecure
      ? [
          `WARNING: certificates are not checked for ${identity} (${from}, ${tls.because ?? 'insecure'}). An attacker between harness and target can read and change everything.`,
        ]
      : [],
  );
}

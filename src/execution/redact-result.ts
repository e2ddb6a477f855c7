/** Redacts verdicts and transcripts: a check judges responses as received, so its findings may contain secrets. */
import { redacted, type Redactor } from '../client/redaction.ts';
import { isSecretMember } from '../client/secret-places.ts';
import type { Transcript } from './transcript.ts';
import type { Finding, Verdict } from '../clauses/verdict.ts';

export function redactVerdict(redactor: Redactor, verdict: Verdict): Verdict {
  const safe = redactor.value(verdict);
  if (!('findings' in safe)) return safe;
  const [first, ...rest] = safe.findings;
  return { ...safe, findings: [atPlace(first), ...rest.map(atPlace)] };
}

/** Redacts the value of a secret member, which a finding quotes without the name of the member. */
function atPlace(finding: Finding): Finding {
  if (finding.kind !== 'value' && finding.kind !== 'schema') return finding;
  if (!isSecretMember(finding.pointer.split('/').at(-1) ?? '') || typeof finding.seen !== 'string') return finding;
  return { ...finding, seen: redacted };
}

/** Ids of exchanges and of shared requests are the harness's own. */
export function redactTranscript(redactor: Redactor, { inputs, shared }: Transcript): Transcript {
  return {
    inputs: inputs.map((input) => (input.is === 'value' || 'failure' in input ? redactor.value(input) : input)),
    shared: Object.fromEntries(
      Object.entries(shared).map(([key, inner]) => [key, redactTranscript(redactor, inner)] as const),
    ),
  };
}

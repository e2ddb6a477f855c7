/**
 * Renames the exchanges of results that are taken over from another run: their ids get the name of that run as a
 * prefix.
 */
import type { Evidence } from '../../execution/reevaluate.ts';
import type { Transcript } from '../../execution/transcript.ts';
import type { Finding, Verdict } from '../../clauses/verdict.ts';

/** `osc-7f3a91-x12`; an id that already has a prefix is kept. */
export function exchangeFrom(run: string, id: string): string {
  return /^x\d+$/.test(id) ? `${run}-${id}` : id;
}

export function evidenceFrom(run: string, { exchanges, transcript }: Evidence): Evidence {
  return {
    exchanges: exchanges.map((exchange) => ({ ...exchange, id: exchangeFrom(run, exchange.id) })),
    transcript: transcriptFrom(run, transcript),
  };
}

function transcriptFrom(run: string, { inputs, shared }: Transcript): Transcript {
  const sharedInputs = Object.entries(shared).map(([key, inner]) => [key, transcriptFrom(run, inner)] as const);
  return {
    inputs: inputs.map((input) =>
      input.is === 'response' ? { ...input, exchanges: input.exchanges.map((id) => exchangeFrom(run, id)) } : input,
    ),
    shared: Object.fromEntries(sharedInputs),
  };
}

export function verdictFrom(run: string, verdict: Verdict): Verdict {
  if (!('findings' in verdict)) return verdict;
  const [first, ...rest] = verdict.findings;
  const renamed = (finding: Finding): Finding => ({ ...finding, exchange: exchangeFrom(run, finding.exchange) });
  return { ...verdict, findings: [renamed(first), ...rest.map(renamed)] };
}

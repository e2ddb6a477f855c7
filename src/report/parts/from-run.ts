/**
 * What is taken over from another run keeps its exchanges apart: their ids carry the name of the run.
 */
import type { Evidence } from '../../conformance/playback.ts';
import type { Script } from '../../conformance/script.ts';
import type { Finding, Verdict } from '../../conformance/verdict.ts';

/** `osc-7f3a91-x12`; what carries a name already keeps it. */
export function exchangeFrom(run: string, id: string): string {
  return /^x\d+$/.test(id) ? `${run}-${id}` : id;
}

export function evidenceFrom(run: string, { exchanges, script }: Evidence): Evidence {
  return {
    exchanges: exchanges.map((exchange) => ({ ...exchange, id: exchangeFrom(run, exchange.id) })),
    script: scriptFrom(run, script),
  };
}

function scriptFrom(run: string, script: Script): Script {
  const shared = Object.entries(script.shared).map(([key, inner]) => [key, scriptFrom(run, inner)] as const);
  const exchanges = script.exchanges.map((id) => exchangeFrom(run, id));
  return { ...script, exchanges, shared: Object.fromEntries(shared) };
}

export function verdictFrom(run: string, verdict: Verdict): Verdict {
  if (!('findings' in verdict)) return verdict;
  const [first, ...rest] = verdict.findings;
  const renamed = (finding: Finding): Finding => ({ ...finding, exchange: exchangeFrom(run, finding.exchange) });
  return { ...verdict, findings: [renamed(first), ...rest.map(renamed)] };
}

/** What a plan would cost, by what an earlier run has cost. */

/** One case of the earlier run. */
export interface CaseCost {
  /** Ids of its exchanges; cases that share one name the same id. */
  readonly exchanges: ReadonlySet<string>;
  /** Ids of the servers and volumes that its exchanges speak of. */
  readonly servers: ReadonlySet<string>;
  readonly volumes: ReadonlySet<string>;
}

export interface EarlierRun {
  readonly name: string;
  readonly target: string;
  readonly durationMs: number;
  readonly exchanges: number;
  readonly cases: ReadonlyMap<string, CaseCost>;
}

export interface Estimate {
  readonly requests: number;
  readonly servers: number;
  readonly volumes: number;
  readonly durationMs: number;
  readonly basis: { readonly run: string; readonly target: string; readonly cases: number };
  /** Cases that the earlier run did not try; they are counted as an average one. */
  readonly unknown: number;
}

export function estimate(cases: readonly string[], earlier: EarlierRun): Estimate {
  const known = cases.flatMap((id) => earlier.cases.get(id) ?? []);
  const part = sumOf(known);
  const whole = sumOf([...earlier.cases.values()]);
  const unknown = cases.length - known.length;
  // Where nothing is known of any case, each is an average one of the earlier run.
  const grown = known.length > 0 ? cases.length / known.length : cases.length / Math.max(1, earlier.cases.size);
  const base = known.length > 0 ? part : whole;
  // What no case shows prepared and removed servers and volumes, and goes with them.
  const unseen = earlier.exchanges - whole.requests;
  const things = whole.servers + whole.volumes;
  const share = things === 0 ? base.requests / Math.max(1, whole.requests) : (base.servers + base.volumes) / things;
  const requests = (base.requests + unseen * share) * grown;
  return {
    requests: Math.round(requests),
    servers: Math.round(base.servers * grown),
    volumes: Math.round(base.volumes * grown),
    durationMs: Math.round((earlier.durationMs * requests) / Math.max(1, earlier.exchanges)),
    basis: { run: earlier.name, target: earlier.target, cases: known.length },
    unknown,
  };
}

interface Sum {
  readonly requests: number;
  readonly servers: number;
  readonly volumes: number;
}

/** What is shared counts once. */
function sumOf(costs: readonly CaseCost[]): Sum {
  return {
    requests: new Set(costs.flatMap(({ exchanges }) => [...exchanges])).size,
    servers: new Set(costs.flatMap(({ servers }) => [...servers])).size,
    volumes: new Set(costs.flatMap(({ volumes }) => [...volumes])).size,
  };
}

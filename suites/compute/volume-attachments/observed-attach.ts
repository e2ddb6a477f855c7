/** One attach and everything that can be seen of it, looked at once and judged by many clauses. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { NotBound } from '../../../src/conformance/errors.ts';
import { bodyOf, expectResponse, expectStatus, expectValue, type Checked } from '../../../src/conformance/matchers.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import { atPointer, type JsonObject } from '../../../src/json.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import type { Volume } from '../../block-storage/volume.ts';
import { given } from '../given.ts';
import type { Server } from '../server.ts';
import { attach, attachStatus, eventuallyAttached, list, lookAtServer, lookAtVolume, show } from './operations.ts';

export interface Observed {
  readonly server: Server;
  readonly volume: Volume;
  readonly reply: Exchange;
  /** Why it was not accepted or did not come to its end; then nothing after it was looked at. */
  readonly findings: readonly Finding[];
  readonly early: { readonly list: Exchange; readonly volume: Exchange };
  readonly late: {
    readonly list: Exchange;
    readonly show: Exchange;
    /** At the newest microversion that has every member that the target knows. */
    readonly showFull: Exchange;
    readonly server: Exchange;
    readonly volume: Exchange;
  };
}

/** What hangs on an accepted attach, judged only when there is one. */
export function judge(
  fields: JsonObject,
  decide: (observed: Observed & { readonly accepted: Checked }) => readonly Finding[],
): (stage: Stage) => Promise<readonly Finding[]> {
  return async (stage) => {
    const observed = await observe(stage, fields);
    if (observed.findings.length > 0) return observed.findings;
    return expectResponse(observed.reply, attachStatus(stage), (accepted) => decide({ ...observed, accepted }));
  };
}

function observe(stage: Stage, fields: JsonObject): Promise<Observed> {
  const key = `attach ${JSON.stringify(fields)} at ${formatMicroversion(stage.microversion)}`;
  return stage.shared(key, async (inner) => {
    const [server, volume] = await Promise.all([given(inner).server(), given(inner).volume()]);
    const reply = await attach(inner, server, volume, fields);
    // Below 2.89 an attachment shows before the volume service has given it an id.
    const early = {
      list: await list(inner, server, { purpose: 'observation', microversion: '2.1' }),
      volume: await lookAtVolume(inner, volume),
    };
    const refused = expectStatus(reply, attachStatus(inner));
    const findings = refused.length > 0 ? refused : await eventuallyAttached(inner, server, volume);
    const look = { purpose: 'observation' } as const;
    const late = {
      list: await list(inner, server, look),
      show: await show(inner, server, volume, look),
      showFull: await show(inner, server, volume, { ...look, microversion: 'latest' }),
      server: await lookAtServer(inner, server),
      volume: await lookAtVolume(inner, volume),
    };
    return { server, volume, reply, findings, early, late };
  });
}

export function missing(exchange: Exchange, pointer: string, expected: string): Finding {
  return { kind: 'value', exchange: exchange.id, pointer, expected };
}

/** The value of a member that targets below its microversion do not show: nothing can be said of them. */
export function known(exchange: Exchange, pointer: string, expected: string | boolean): readonly Finding[] {
  return expectResponse(exchange, 200, (shown) => {
    const body = bodyOf(shown);
    if (atPointer(body, '/volumeAttachment') !== undefined && atPointer(body, pointer) === undefined) {
      throw new NotBound(`The target shows no ${pointer.split('/').at(-1) ?? ''} at any microversion.`);
    }
    return expectValue(shown, pointer, expected);
  });
}

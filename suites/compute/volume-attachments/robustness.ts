/** Odd paths and queries: whatever a client makes up, the service is not to break over it. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { fillPath } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import type { WrittenClause } from '../../../src/conformance/written.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { given } from '../given.ts';
import { acts, untouchedPlace } from './each-operation.ts';
import { control, list, show } from './operations.ts';
import { survived, survives } from './survival.ts';

const oddNumbers = 'odd-numbers-break-a-list';

export const robustnessClauses: readonly WrittenClause[] = [
  paging('odd-paging', 'an odd limit or offset', 'odd-queries', [
    '1%0A',
    '%EF%BC%91',
    '%00',
    '%FF',
    '%F0%9F%92%A9',
    '+1',
    '-0',
    '1e9',
    '0x1',
    '1_000',
    'NaN',
    'Infinity',
    '9'.repeat(100),
    '1&limit=osc',
    '%',
  ]),
  paging('paging-by-newline', 'a newline for a limit or an offset', 'odd-numbers', ['%0A'], [oddNumbers]),
  paging(
    'paging-by-endless-digits',
    'a limit or an offset of 5000 digits',
    'odd-numbers',
    ['9'.repeat(5000)],
    [oddNumbers],
  ),
  oddQueryOfShow(),
  undecodablePath(),
  ...(['list', 'attach'] as const).map((name) => oddIds(name, 'server')),
  ...(['show', 'update', 'detach'] as const).map((name) => oddIds(name, 'volume')),
];

function paging(
  name: string,
  what: string,
  breaksOver: string,
  values: readonly string[],
  errata: readonly string[] = [],
): WrittenClause {
  return {
    id: `compute/list-volume-attachments#survives-${name}`,
    statement: `A list with ${what} SHOULD NOT be answered with a status of 500 or above.`,
    quotes: [survives],
    cases: 'once',
    errata,
    refutedBy: [`compute:list-breaks-over-${breaksOver}`],
    check: async (stage) => {
      const [{ server }] = await given(stage).quiet();
      const findings: Finding[] = [];
      for (const value of values) {
        for (const parameter of ['limit', 'offset']) {
          findings.push(...survived(await list(stage, server, { query: `${parameter}=${value}` })));
        }
      }
      return findings;
    },
  };
}

function oddQueryOfShow(): WrittenClause {
  return {
    id: 'compute/show-volume-attachment#survives-odd-queries',
    statement: 'A show with an odd query SHOULD NOT be answered with a status of 500 or above.',
    quotes: [survives],
    cases: 'once',
    refutedBy: ['compute:show-breaks-over-odd-queries'],
    check: async (stage) => {
      const [{ server, volume }] = await given(stage).quiet();
      const findings: Finding[] = [];
      for (const query of ['%FF=1', 'osc=%FF', '&&&', '=', '%00', 'a[]=1&a[]=2', `osc=${'x'.repeat(2000)}`, '%']) {
        findings.push(...survived(await show(stage, server, volume, { query })));
      }
      return findings;
    },
  };
}

/** None of them is a step in a path: a client would go up and ask for something else. */
const oddIdTexts = ['osc', '\u0000', '💩', 'é', "'; --", 'x'.repeat(300), ' ', '%', 'a/b', 'a?b', '-1', 'null', '\n'];

function oddIds(name: 'list' | 'attach' | 'show' | 'update' | 'detach', of: 'server' | 'volume'): WrittenClause {
  const act = acts[name];
  return {
    id: `${act.operation}#survives-odd-${of}-ids`,
    statement: `${act.words} with an odd id of a ${of} in its path SHOULD NOT be answered with a status of 500 or above.`,
    quotes: [survives],
    cases: 'once',
    refutedBy: [`compute:${name}-breaks-over-odd-ids`],
    check: async (stage) => {
      const place = await untouchedPlace(stage);
      const findings: Finding[] = [];
      for (const id of oddIdTexts) {
        findings.push(...survived(await act.call(stage, { ...place, [of]: { id } })));
      }
      return findings;
    },
  };
}

/** Bytes that are no UTF-8, which no value of a path's name can make. */
function undecodablePath(): WrittenClause {
  return {
    id: 'compute/show-volume-attachment#survives-undecodable-paths',
    statement: 'A show whose path is no UTF-8 SHOULD be answered with a status below 500.',
    quotes: [survives],
    cases: 'once',
    errata: ['undecodable-paths-get-no-reply'],
    refutedBy: ['compute:breaks-over-undecodable-paths'],
    check: async (stage) => {
      const { server, volume } = await untouchedPlace(stage);
      const path = fillPath('/servers/{server_id}/os-volume_attachments', { server_id: server.id });
      const microversion = formatMicroversion(stage.microversion);
      const common = { service: 'compute', method: 'GET', microversion, purpose: 'act' } as const;
      const findings: Finding[] = [];
      for (const bytes of ['%FF', '%C0%AF', '%ED%A0%80']) {
        const reply = await stage.send({ ...common, path: `${path}/${bytes}` });
        findings.push(...(reply.response ? survived(reply) : hungUp(reply)));
      }
      // Were it the network, this would get no reply either.
      control(await show(stage, server, volume), 'showing an attachment');
      return findings;
    },
  };
}

function hungUp({ id, failure }: Exchange): readonly Finding[] {
  return [{ kind: 'body', exchange: id, expected: 'a reply', seen: `none: ${failure?.code ?? 'unknown'}` }];
}

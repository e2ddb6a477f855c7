/** Clauses on odd tags and devices that the schema may allow: an attach refuses them, or it completes. */
import { respondedWith } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import type { NonEmpty } from '../../../src/json.ts';
import { detach as detachInPreparation } from '../fixtures/attachment.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import { eventuallyAttached } from '../observe-attachments.ts';
import { attach } from './calls.ts';
import { survived, survives } from '../rules/survival.ts';

export const oddTextClauses: readonly WrittenClause[] = [
  keptOrRefused({
    name: 'odd-tags',
    what: 'an odd tag',
    range: '2.70-2.100',
    member: 'tag',
    values: [' ', '\n', 'é'.repeat(60), '中'.repeat(60), '\u0000', "'; --"],
  }),
  keptOrRefused({
    name: 'tags-beyond-the-basic-plane',
    what: 'a tag of a character beyond the basic multilingual plane',
    range: '2.70-2.100',
    member: 'tag',
    values: ['💩'],
    errata: ['odd-texts-break-an-attach'],
    breaksOver: 'unstorable-texts',
  }),
  keptOrRefused({
    name: 'endless-devices',
    what: 'a device of 300 letters',
    range: '2.1-2.100',
    member: 'device',
    values: [`/dev/vd${'q'.repeat(300)}`],
    errata: ['odd-texts-break-an-attach'],
    breaksOver: 'unstorable-texts',
  }),
  keptOrRefused({
    name: 'odd-devices',
    what: 'an odd device',
    range: '2.1-2.100',
    member: 'device',
    values: ['/dev/vdq\n', '/dev/disk', '/dev/vd1'],
  }),
];

interface OddText {
  readonly name: string;
  readonly what: string;
  readonly range: string;
  readonly member: 'tag' | 'device';
  readonly values: NonEmpty<string>;
  readonly errata?: readonly string[];
  /** The name of the seeded fault, where it differs from that of the clause. */
  readonly breaksOver?: string;
}

function keptOrRefused({ name, what, range, member, values, errata = [], breaksOver = name }: OddText): WrittenClause {
  return {
    id: `compute/attach-volume#survives-${name}`,
    statement: `An attach with ${what} SHOULD be refused with 400 or come to its end.`,
    quotes: [survives],
    range,
    cases: 'once',
    errata,
    killedBy: [`compute:attach-breaks-over-${breaksOver}`],
    check: async (ctx) => {
      const [server, volume] = await Promise.all([fixtures(ctx).exclusiveServer(), fixtures(ctx).volume()]);
      const findings: Finding[] = [];
      for (const value of values) {
        const response = await attach(ctx, server, volume, { [member]: value });
        findings.push(...survived(response));
        if (!respondedWith(response, 200, 202)) continue;
        findings.push(...(await eventuallyAttached(ctx, server, volume)));
        await ctx.fixture(() => detachInPreparation(ctx.run, server, volume));
      }
      return findings;
    },
  };
}

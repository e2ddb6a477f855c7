import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import schemas from 'har-schema';
import type { Har } from 'har-format';
import { describe, expect, it } from 'vitest';
import { harReporter } from '../../reporters/har.ts';
import type { Exchange } from '../../src/client/exchange.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { evidence } from './fixed-evidence.ts';
import { fixedRecord } from './fixed-record.ts';
import { hostile } from './hostile.ts';

const [plain] = evidence['compute/attach-volume#body@2.1'] ?? [];
if (!plain) throw new Error('the fixed run has evidence');

function read(record: RunRecord): Har {
  return JSON.parse(harReporter.render(record)[0]?.text ?? '') as Har;
}

/** A record whose first case has these exchanges. */
function sent(...exchanges: readonly Exchange[]): RunRecord {
  const first = fixedRecord.report.cases[0]?.id;
  return { ...fixedRecord, evidence: (id) => (id === first ? exchanges : []) };
}

/** The schemas are of draft 6, whose only difference here is how they name themselves. */
function harValidator(): (value: unknown) => string | undefined {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  for (const schema of Object.values(schemas))
    ajv.addSchema({ ...schema, $schema: 'http://json-schema.org/draft-07/schema#' });
  return (value) => (ajv.validate('har.json#', value) ? undefined : ajv.errorsText());
}

describe('traffic.har', () => {
  const fixed = read(fixedRecord);

  it.each([
    ['of the fixed run', fixedRecord],
    ['of a run without evidence', { ...fixedRecord, evidence: () => [] }],
  ])('%s is valid HAR 1.2', (_, record) => {
    expect(harValidator()(read(record))).toBeUndefined();
  });

  it.each(Object.entries(hostile))('stays valid with %s in body, header and address', (_, text) => {
    const { request, response } = plain;
    const headers = [['x-odd', text] as const];
    const odd: Exchange = {
      ...plain,
      request: { ...request, url: `http://127.0.0.1/?a=${text}`, headers, body: text },
      response: { status: 200, ...response, headers, body: text },
    };
    expect(harValidator()(read(sent(odd)))).toBeUndefined();
  });

  it('would notice an entry without its time', () => {
    const { log } = fixed;
    const broken = { log: { ...log, entries: log.entries.map((entry) => ({ ...entry, time: undefined })) } };
    expect(harValidator()(JSON.parse(JSON.stringify(broken)))).toContain("'time'");
  });

  it('has every exchange once, with the cases that it is evidence of', () => {
    const ids = fixed.log.entries.map(({ comment = '' }) => comment.split(',')[0]);
    expect(ids).toEqual(['x3', 'x4', 'x5', 'x6', 'x7']);
    expect(fixed.log.entries[1]?.comment).toBe(
      'x4, act, as member; evidence of compute/attach-volume#becomes-in-use@2.1, compute/attach-volume#body@2.1, ' +
        'compute/attach-volume#echoes-tag@2.70 and 1 more',
    );
  });

  it('has the exchanges in order of time, then of number', () => {
    const at = (id: string, startedAt: string): Exchange => ({ ...plain, id, startedAt });
    const late = at('x2', '2026-03-01T10:00:02.000Z');
    const tied = [at('x10', '2026-03-01T10:00:01.000Z'), at('x9', '2026-03-01T10:00:01.000Z')];
    const ids = read(sent(late, ...tied)).log.entries.map(({ comment = '' }) => comment.split(',')[0]);
    expect(ids).toEqual(['x9', 'x10', 'x2']);
  });

  it('marks cut bodies, binary bodies and missing responses', () => {
    const { response } = plain;
    const cut: Exchange = {
      ...plain,
      response: { status: 200, headers: [], ...response, body: 'ab', truncatedBytes: 7 },
    };
    const binary: Exchange = { ...plain, id: 'x9', response: { status: 200, headers: [], body: '\uFFFDPNG' } };
    const [first, second] = read(sent(cut, binary)).log.entries.map((entry) => entry.response.content);
    expect(first).toMatchObject({ size: 9, comment: 'Cut: 7 more bytes were not kept.' });
    expect(second?.comment).toContain('Binary');
    const failed = fixed.log.entries[2]?.response;
    expect(failed).toMatchObject({ status: 0, comment: expect.stringContaining('ECONNRESET') as unknown });
  });

  it('shows no credential', () => {
    const headers = fixed.log.entries.flatMap(({ request }) => request.headers);
    const tokens = headers.filter(({ name }) => name === 'x-auth-token');
    expect(tokens.length).toBeGreaterThan(0);
    expect(new Set(tokens.map(({ value }) => value))).toEqual(new Set(['[redacted]']));
  });
});

import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Exchange, Headers, SentRequest } from '../../src/client/exchange.ts';
import { curlLine } from '../../src/report/curl.ts';
import { hostile } from '../reporters/hostile.ts';

const url = 'http://cloud.example/v2.1/servers';

function exchangeOf(request: Partial<SentRequest>, identity = 'member'): Exchange {
  return {
    id: 'x1',
    purpose: 'act',
    identity,
    request: { method: 'GET', url, headers: [], ...request },
    startedAt: '2026-03-01T10:00:00.000Z',
    durationMs: 1,
  };
}

function line(request: Partial<SentRequest>, identity?: string): string {
  return curlLine(exchangeOf(request, identity));
}

interface Called {
  readonly words: readonly string[];
  readonly stdin: Buffer;
}

/** Runs the line in a shell in which `curl` writes its arguments and its input, each word ended by a NUL. */
function call(command: string): Called {
  const script = `curl() { printf '%s\\0' "$@"; printf 'END\\0'; case " $* " in *" @- "*) cat;; esac; }; ${command}`;
  const env = { PATH: process.env.PATH ?? '', OS_TOKEN: 'the token', HOME: '/nowhere' };
  const output = execFileSync('sh', ['-c', script], { env });
  const end = output.indexOf('END\0');
  return { words: output.subarray(0, end).toString().split('\0').slice(0, -1), stdin: output.subarray(end + 4) };
}

describe('a curl line', () => {
  it('is as short as the request allows', () => {
    expect(
      line({
        headers: [
          ['host', 'a'],
          ['user-agent', 'b'],
          ['accept', '*/*'],
        ],
      }),
    ).toBe(`curl -sS -i -H 'accept: */*' ${url}`);
  });

  it('shows credentials as variables of the shell', () => {
    const headers: Headers = [
      ['x-auth-token', '[redacted]'],
      ['x-service-token', '[redacted]'],
    ];
    expect(line({ headers })).toBe(
      `curl -sS -i -H "x-auth-token: $OS_TOKEN" -H "x-service-token: $OS_SERVICE_TOKEN" ${url}`,
    );
    expect(call(line({ headers: headers.slice(0, 1) })).words).toContain('x-auth-token: the token');
  });

  it('makes up a token where one was made up to be refused', () => {
    expect(line({ headers: [['x-auth-token', '[redacted]']] }, 'nobody')).toBe(
      `curl -sS -i -H 'x-auth-token: made-up' ${url}`,
    );
  });

  it('sends an empty header, and no content type of its own', () => {
    const { words } = call(line({ method: 'POST', headers: [['x-empty', '']], body: '' }));
    expect(words).toEqual(['-sS', '-i', '-X', 'POST', '-H', 'x-empty;', '-H', 'content-type:', '--data-raw', '', url]);
  });

  it('asks for a head with --head, since -X HEAD would wait for a body', () => {
    expect(line({ method: 'HEAD' })).toBe(`curl -sS -i --head ${url}`);
  });

  it('keeps brackets and dots of a path as they are', () => {
    expect(call(line({ url: `${url}/../[1-3]` })).words).toEqual([
      '-sS',
      '-i',
      '--globoff',
      '--path-as-is',
      `${url}/../[1-3]`,
    ]);
  });

  it('points at the evidence for a body that is too long for a command line', () => {
    expect(line({ method: 'PUT', body: 'x'.repeat(9000) })).toContain('--data-binary @x1-request-body');
  });

  it.each(Object.entries(hostile))('stays on one line whatever the body: %s', (_, text) => {
    expect(line({ method: 'POST', body: text })).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });

  it.each(Object.entries(hostile).filter(([, text]) => text.length < 8192))(
    'brings a body through a shell: %s',
    (_, text) => {
      const headers: Headers = [['content-type', 'application/json']];
      const { words, stdin } = call(line({ method: 'POST', headers, body: text }));
      const raw = words[words.indexOf('--data-raw') + 1];
      expect(words.includes('--data-raw') ? Buffer.from(raw ?? '') : stdin).toEqual(Buffer.from(text));
    },
  );

  it.each([...Array(16).keys()])(
    'brings the characters from %i × 16 on through a shell, in body, header and address',
    (row) => {
      const text = `<${String.fromCharCode(...Array.from({ length: 16 }, (_, index) => row * 16 + index))}>`;
      const body = call(line({ method: 'POST', body: text }));
      const raw = body.words[body.words.indexOf('--data-raw') + 1];
      expect(body.words.includes('--data-raw') ? Buffer.from(raw ?? '') : body.stdin).toEqual(Buffer.from(text));
      const address = call(line({ url: `${url}/${text.replace('%', '')}` })).words.at(-1) ?? '';
      expect(decodeURIComponent(address.slice(url.length + 1))).toBe(text.replace('%', ''));
      expect(call(line({ headers: [['x-odd', text.replace('\0', '')]] })).words).toContain(
        `x-odd: ${text.replace('\0', '')}`,
      );
    },
  );
});

import { describe, expect, it } from 'vitest';
import { renderTerminal } from '../../reporters/terminal.ts';
import { shorten, shortenStart, wrap } from '../../reporters/terminal/layout.ts';
import { fixedJournal, fixedRecord, recordOf } from './fixed-record.ts';

const escapes = /\u001b\[\d+m/g;

describe('the terminal report', () => {
  it('contains no control character but line breaks, whatever the target sent', () => {
    expect(renderTerminal(fixedRecord, { width: 80, colours: false })).not.toMatch(/[\p{Cf}\p{Cs}]|[^\P{Cc}\n]/u);
  });

  it('says the same with and without colour', () => {
    const coloured = renderTerminal(fixedRecord, { width: 80, colours: true });
    expect(coloured).toMatch(escapes);
    expect(coloured.replace(escapes, '')).toBe(renderTerminal(fixedRecord, { width: 80, colours: false }));
  });

  it.each([72, 80, 100, 140, 200])(
    'keeps prose and tables inside %i columns; only what is to be copied is longer',
    (width) => {
      const lines = renderTerminal(fixedRecord, { width, colours: false }).split('\n');
      const long = lines.filter((line) => [...line].length > width);
      for (const line of long) expect(line).toMatch(/curl -sS|openstack volume delete|exit code|\S{25,}/);
    },
  );

  it('gives no order to a CI runner', () => {
    const lines = renderTerminal(fixedRecord, { width: 80, colours: false }).split('\n');
    for (const line of lines) expect(line.trimStart()).not.toMatch(/^::|##\[|##vso\[/);
  });

  it('ends with the verdict, after the leaked resources', () => {
    const lines = renderTerminal(fixedRecord, { width: 80, colours: false }).trimEnd().split('\n');
    expect(lines.at(-1)).toBe('non-conformant: 4 of 9 clauses failed, 6 of 18 cases not decided, exit code 1');
    const command = lines.indexOf('    openstack volume delete 0b1d3e55-5b0e-4f6c-9b53-6d3a43bd0b2e');
    expect(command).toBeGreaterThan(0);
    expect(command).toBeGreaterThan(lines.indexOf('Failures'));
  });

  it('shows the failures before the warnings, each finding once', () => {
    const lines = renderTerminal(fixedRecord, { width: 80, colours: false }).split('\n');
    expect(lines.indexOf('Failures')).toBeGreaterThan(0);
    expect(lines.indexOf('Warnings')).toBeGreaterThan(lines.indexOf('Failures'));
  });

  it('says that a run is vacuous, and how it ended', () => {
    const { header } = fixedJournal;
    const text = renderTerminal(recordOf({ header, results: [], lostLines: 0 }), { width: 80, colours: false });
    expect(text).toContain('The run proves nothing: none of its 18 cases was decided.');
    expect(text).toContain('partial: 0 of 9 clauses failed, 18 of 18 cases not decided, crashed, exit code 2');
    expect(text).toContain('no other cost was recorded');
  });
});

describe('a paragraph', () => {
  it('is broken at spaces', () => {
    expect(wrap('aaa bb cccc d', 6)).toEqual(['aaa bb', 'cccc d']);
  });

  it('keeps a word that is too long whole', () => {
    expect(wrap('GET /a/very/long/path (x1)', 10)).toEqual(['GET /a/very/long/path', '(x1)']);
  });

  it('is cut at either end by characters, not by halves of them', () => {
    expect([shorten('😀😀😀', 2), shortenStart('😀😀😀', 2), shorten('ab', 2)]).toEqual(['😀…', '…😀', 'ab']);
  });
});

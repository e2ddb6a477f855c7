import { describe, expect, it } from 'vitest';
import { createProgress, type Progress } from '../../reporters/progress.ts';
import type { CaseReport } from '../../src/records/report.ts';
import { fixedRecord } from './fixed-record.ts';

interface Rig {
  readonly progress: Progress;
  readonly written: string[];
  readonly pass: (seconds: number) => void;
}

function rig(output: { isTTY?: boolean; columns?: number } = {}): Rig {
  const written: string[] = [];
  let time = 0;
  const write = (text: string): void => void written.push(text);
  const progress = createProgress({ output: { write, ...output }, colours: false, now: () => time });
  return { progress, written, pass: (seconds) => void (time += seconds * 1000) };
}

function caseWith(kind: CaseReport['verdict']['is']): CaseReport {
  const found = fixedRecord.report.cases.find(({ verdict }) => verdict.is === kind);
  if (!found) throw new Error(`the fixed run has no ${kind}`);
  return found;
}

/** What a terminal shows after the writes, without erased lines. */
function shown(written: readonly string[]): readonly string[] {
  const lines = written.join('').split('\n');
  return lines.map((line) => line.split('\r\u001b[2K').at(-1) ?? '');
}

describe('progress off a terminal', () => {
  it('is a plain line every tenth of the way', () => {
    const { progress, written, pass } = rig();
    progress.start(40);
    for (let done = 0; done < 40; done += 1) {
      pass(1);
      progress.caseDone({ ...caseWith('pass'), id: `case ${done}` });
    }
    progress.finish();
    expect(written).toHaveLength(11);
    expect(written[0]).toBe('0/40 cases, 0 %, 0.0 s\n');
    expect(written[5]).toBe('20/40 cases, 50 %, 20 s, about 20 s left: 20 pass\n');
    expect(written[10]).toBe('40/40 cases, 100 %, 40 s, cleaning up: 40 pass\n');
  });

  it('is also a line when a slow case ends', () => {
    const { progress, written, pass } = rig();
    progress.start(1000);
    pass(31);
    progress.caseDone(caseWith('inconclusive'));
    expect(written[1]).toBe('1/1000 cases, 0 %, 31 s: 1 inconclusive\n');
  });

  it('includes a slow case, cases to retry, and the cleanup at the end', () => {
    const { progress, written, pass } = rig();
    progress.start(4);
    pass(10);
    progress.caseDone({ ...caseWith('pass'), id: 'a', clause: 'a' });
    pass(1);
    progress.caseDone({ ...caseWith('pass'), id: 'b', clause: 'b' });
    pass(60);
    progress.caseDone({ ...caseWith('fail'), id: 'c', clause: 'c', durationMs: 5_000 });
    pass(1);
    progress.caseDone({ ...caseWith('pass'), id: 'd', clause: 'd' });
    pass(31);
    progress.tick();
    progress.caseDone({ ...caseWith('fail'), id: 'c', clause: 'c' });
    pass(31);
    progress.tick();
    const lines = written
      .join('')
      .split('\n')
      .filter((line) => /^\d/.test(line));
    expect(lines).toEqual([
      '0/4 cases, 0 %, 0.0 s',
      '1/4 cases, 25 %, 10 s: 1 pass',
      '2/4 cases, 50 %, 11 s, about 2.0 s left: 2 pass',
      // Half a minute each, and the failure once more.
      '3/4 cases, 75 %, 1 min 11 s, about 36 s left: 2 pass, 1 fail',
      '4/4 cases, 100 %, 1 min 12 s, about 5.0 s left, retrying 1 case, then cleaning up: 3 pass, 1 fail',
      '4/4 cases, 100 %, 1 min 43 s, about 5.0 s left, retrying 1 case, then cleaning up: 3 pass, 1 fail',
      '4/4 cases, 100 %, 2 min 14 s, cleaning up: 3 pass, 1 fail',
    ]);
  });

  it('never contains a control sequence, whatever the target sent', () => {
    const { progress, written } = rig();
    progress.start(fixedRecord.report.cases.length);
    fixedRecord.report.cases.forEach(progress.caseDone);
    progress.note('waits for \u001b[2J');
    progress.tick();
    progress.finish();
    expect(written.join('')).not.toMatch(/[^\P{Cc}\n]/u);
    expect(written.join('')).toContain('waits for \\x1b[2J\n');
  });

  it('says how far an interrupted run came', () => {
    const { progress, written } = rig();
    progress.start(100);
    progress.caseDone(caseWith('pass'));
    progress.finish();
    expect(written.at(-1)).toBe('1/100 cases, 1 %, 0.0 s: 1 pass\n');
  });
});

describe('progress on a terminal', () => {
  it('is one live line that is removed at the end', () => {
    const { progress, written, pass } = rig({ isTTY: true, columns: 100 });
    progress.start(2);
    pass(1);
    progress.caseDone(caseWith('pass'));
    expect(shown(written)).toEqual(['1/2 cases, 50 %, 1.0 s: 1 pass']);
    progress.finish();
    expect(shown(written)).toEqual(['']);
  });

  it('prints failures and errors above the live line', () => {
    const { progress, written } = rig({ isTTY: true, columns: 100 });
    progress.start(2);
    progress.caseDone(caseWith('fail'));
    progress.caseDone(caseWith('error'));
    progress.finish();
    const lines = shown(written);
    expect(lines[0]).toMatch(/^fail compute\/attach-volume#becomes-in-use@2\.1: After 30\.0 s of waiting/);
    expect(lines[1]).toMatch(/^error compute\/attach-volume#body@2\.104: POST/);
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line.length).toBeLessThan(100);
  });

  it('prints a clause that fails repeatedly once', () => {
    const { progress, written } = rig({ isTTY: true, columns: 100 });
    progress.start(9);
    for (let done = 0; done < 9; done += 1) progress.caseDone(caseWith('fail'));
    progress.finish();
    expect(shown(written).filter((line) => line.startsWith('fail'))).toHaveLength(1);
  });

  it('is never wider than the terminal', () => {
    const { progress, written } = rig({ isTTY: true, columns: 20 });
    progress.start(1000);
    expect(shown(written)[0]).toBe('0/1000 cases, 0 %,…');
  });

  it('is not drawn more often than eyes can follow', () => {
    const { progress, written, pass } = rig({ isTTY: true, columns: 100 });
    progress.start(1000);
    for (let done = 0; done < 1000; done += 1) {
      pass(0.001);
      progress.caseDone(caseWith('pass'));
    }
    expect(written.length).toBeLessThan(15);
  });

  it('keeps its clock running while no case ends', () => {
    const { progress, written, pass } = rig({ isTTY: true, columns: 100 });
    progress.start(2);
    pass(5);
    progress.tick();
    expect(shown(written)).toEqual(['0/2 cases, 0 %, 5.0 s']);
  });
});

/** What became of a case, as the element of `junit.xml` that says so; nothing for one that passed. */
import { printable } from '../../src/report/printable.ts';
import type { CaseReport, ClauseReport, RunRecord } from '../../src/report/record.ts';
import { sentence, wordMend } from '../../src/report/run-verdict.ts';
import { tellCase, type ToldCase } from '../../src/report/tell-case.ts';
import type { XmlElement } from '../xml.ts';
import { shown } from './shown.ts';

/** Counted as skipped by those who read the file. */
export function isSkipped({ verdict }: CaseReport): boolean {
  return ['inconclusive', 'waived', 'not-attempted', 'not-applicable'].includes(verdict.is);
}

export function outcome(record: RunRecord, result: CaseReport, clause?: ClauseReport): readonly XmlElement[] {
  const { verdict } = result;
  const told = tellCase(record, result);
  switch (verdict.is) {
    case 'pass':
      return [];
    case 'warn':
      return [{ name: 'system-out', text: story(told, clause) }];
    case 'fail': {
      const attributes = { message: shown(headline(told)), type: verdict.findings[0].kind };
      return [{ name: 'failure', attributes, text: story(told, clause) }];
    }
    case 'error': {
      const reason = sentence(verdict.reason);
      const attributes = { message: shown(reason), type: 'error' };
      return [{ name: 'error', attributes, text: [reason, ...repeats(told)].map(shown).join('\n') }];
    }
    case 'waived':
      return [skip('waived', `${printable(verdict.waiver, 8000)}. ${headline(told)}`)];
    case 'inconclusive':
      return [skip('inconclusive', `${sentence(verdict.reason)} Cause: ${sentence(verdict.cause)}`)];
    case 'not-attempted':
      return [skip('not attempted', `${sentence(verdict.reason)}${wordMend(verdict.mend)}`)];
    case 'not-applicable':
      return [skip('not applicable', sentence(verdict.reason))];
  }
}

/** The reason as message and as text, since readers show either. */
function skip(kind: string, reason: string): XmlElement {
  const message = shown(`${kind}: ${reason}`);
  return { name: 'skipped', attributes: { message }, text: message };
}

/** Statement and source, each finding as a sentence, and how to repeat it. */
function story(told: ToldCase, clause?: ClauseReport): string {
  const promise = clause ? [clause.statement, `Source: ${placeOf(clause)}, ${clause.source.section}`] : [];
  const findings = told.findings.map((finding) => finding.sentence);
  return [...promise, ...findings, ...repeats(told)].map(shown).join('\n');
}

export function placeOf({ source }: ClauseReport): string {
  return `${source.file}:${source.line}`;
}

function repeats({ repeats: commands }: ToldCase): readonly string[] {
  return commands.map(({ identity, curl }) => `As ${printable(identity)}: ${curl}`);
}

function headline({ findings }: ToldCase): string {
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
  return `${findings[0]?.sentence ?? ''}${more}`;
}

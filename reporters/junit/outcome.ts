/** What became of a case, as the element of `junit.xml` that says so; nothing for one that passed. */
import { printable } from '../../src/report/printable.ts';
import type { CaseReport, ClauseReport, RunRecord, RunReport } from '../../src/report/record.ts';
import { sentence, wordMend } from '../../src/report/run-verdict.ts';
import { tellCase, type ToldCase } from '../../src/report/tell-case.ts';
import { specFile } from '../spec-file.ts';
import type { XmlElement } from '../xml.ts';
import { shown } from './shown.ts';

/** Counted as skipped by those who read the file. */
export function isSkipped({ verdict }: CaseReport): boolean {
  return ['unstable', 'inconclusive', 'waived', 'not-attempted', 'not-applicable'].includes(verdict.is);
}

export function outcome(record: RunRecord, result: CaseReport, clause?: ClauseReport): readonly XmlElement[] {
  const { verdict } = result;
  const told = tellCase(record, result);
  switch (verdict.is) {
    case 'pass':
    case 'warn':
      return [];
    case 'fail': {
      const attributes = { message: shown(headline(told)), type: verdict.findings[0].kind };
      return [{ name: 'failure', attributes, text: story(told, record.report, clause) }];
    }
    case 'error': {
      const reason = sentence(verdict.reason);
      const attributes = { message: shown(reason), type: 'error' };
      return [{ name: 'error', attributes, text: shown(reason) }];
    }
    case 'waived':
      return [skip('waived', `${printable(verdict.waiver, 8000)}. ${headline(told)}`)];
    case 'unstable':
      return [skip('unstable', `${sentence(verdict.reason)} ${headline(told)}`)];
    case 'inconclusive':
      return [skip('inconclusive', `${sentence(verdict.reason)} Cause: ${sentence(verdict.cause)}`)];
    case 'not-attempted':
      return [skip('not attempted', `${sentence(verdict.reason)}${wordMend(verdict.mend)}`)];
    case 'not-applicable':
      return [skip('not applicable', sentence(verdict.reason))];
  }
}

/** The reason as message, which all readers show; a text besides would say it twice for thousands of cases. */
function skip(kind: string, reason: string): XmlElement {
  const message = shown(`${kind}: ${reason}`);
  return { name: 'skipped', attributes: { message } };
}

/** Statement and source, and each finding as a sentence; how to repeat it stands in `system-out`. */
function story({ findings }: ToldCase, report: RunReport, clause?: ClauseReport): string {
  const promise = clause ? [clause.statement, `Source: ${placeOf(report, clause)}, ${clause.source.section}`] : [];
  return [...promise, ...findings.map((finding) => finding.sentence)].map(shown).join('\n');
}

/** `specs/compute/os-volume-attachments.inc:53` */
export function placeOf(report: RunReport, clause: ClauseReport): string {
  return `${specFile(report, clause)}:${clause.source.line}`;
}

function headline({ findings }: ToldCase): string {
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
  return `${findings[0]?.sentence ?? ''}${more}`;
}

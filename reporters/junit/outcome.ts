/** The result of a case as an element of `junit.xml`; none for a case that passed. */
import { printable } from '../../src/report/printable.ts';
import type { CaseReport, ClauseReport } from '../../src/records/report.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { sentence, describeRemedy } from '../../src/report/run-verdict.ts';
import { describeCase, type DescribedCase } from '../../src/report/describe-case.ts';
import { specFile } from '../spec-file.ts';
import type { XmlElement } from '../xml.ts';
import { shown } from './shown.ts';

/** Readers of the file count it as skipped. */
export function isSkipped({ verdict }: CaseReport): boolean {
  return ['unstable', 'inconclusive', 'waived', 'not-attempted', 'not-applicable'].includes(verdict.is);
}

export function outcome(record: RunRecord, result: CaseReport, clause?: ClauseReport): readonly XmlElement[] {
  const { verdict } = result;
  const described = describeCase(record, result);
  switch (verdict.is) {
    case 'pass':
    case 'warn':
      return [];
    case 'fail': {
      const attributes = { message: shown(headline(described)), type: verdict.findings[0].kind };
      return [{ name: 'failure', attributes, text: details(described, clause) }];
    }
    case 'error': {
      const reason = sentence(verdict.reason);
      const attributes = { message: shown(reason), type: 'error' };
      return [{ name: 'error', attributes, text: shown(reason) }];
    }
    case 'waived':
      return [skip('waived', `${printable(verdict.waiver, 8000)}. ${headline(described)}`)];
    case 'unstable':
      return [skip('unstable', `${sentence(verdict.reason)} ${headline(described)}`)];
    case 'inconclusive':
      return [skip('inconclusive', `${sentence(verdict.reason)} Cause: ${sentence(verdict.cause)}`)];
    case 'not-attempted':
      return [skip('not attempted', `${sentence(verdict.reason)}${describeRemedy(verdict.remedy)}`)];
    case 'not-applicable':
      return [skip('not applicable', sentence(verdict.reason))];
  }
}

/** The reason is the message, which all readers show; a text as well would repeat it for thousands of cases. */
function skip(kind: string, reason: string): XmlElement {
  const message = shown(`${kind}: ${reason}`);
  return { name: 'skipped', attributes: { message } };
}

/** Statement, source, and each finding as a sentence; the commands to repeat it are in `system-out`. */
function details({ findings }: DescribedCase, clause?: ClauseReport): string {
  const origin = clause ? [clause.statement, `Source: ${placeOf(clause)}, ${clause.source.section}`] : [];
  return [...origin, ...findings.map((finding) => finding.sentence)].map(shown).join('\n');
}

/** `specs/compute/os-volume-attachments.inc:53` */
export function placeOf(clause: ClauseReport): string {
  return `${specFile(clause)}:${clause.source.line}`;
}

function headline({ findings }: DescribedCase): string {
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
  return `${findings[0]?.sentence ?? ''}${more}`;
}

/**
 * A result as the record has it: ids and names from what they are about, times from the exchanges, status and reason
 * from the verdict; nothing of the machine, the clock or chance.
 */
import { createHash } from 'node:crypto';
import {
  Stage,
  Status,
  type Attachment,
  type StatusDetails,
  type StepResult,
  type TestResult,
} from 'allure-js-commons';
import type { InMemoryWriter } from 'allure-js-commons/sdk/reporter';
import type { VerdictKind } from '../../src/conformance/verdict.ts';
import { printable } from '../../src/report/printable.ts';
import { sentence, wordMend } from '../../src/report/run-verdict.ts';
import { tellCase } from '../../src/report/tell-case.ts';
import { labelsOf } from './labels.ts';
import { startOf, type Subject } from './subject.ts';

export interface Settled {
  readonly result: TestResult;
  readonly attachments: readonly AttachedText[];
}

interface AttachedText {
  readonly source: string;
  readonly text: string;
}

const statuses: Readonly<Record<VerdictKind, Status>> = {
  pass: Status.PASSED,
  warn: Status.PASSED,
  fail: Status.FAILED,
  error: Status.BROKEN,
  unstable: Status.BROKEN,
  inconclusive: Status.BROKEN,
  waived: Status.SKIPPED,
  'not-attempted': Status.SKIPPED,
  'not-applicable': Status.SKIPPED,
};

/** @throws Error when the reporter of `allure-vitest` made no result of the case */
export function settle(subject: Subject, { tests: [played], attachments }: InMemoryWriter): Settled {
  const { record, one } = subject;
  if (!played) throw new Error(`allure-vitest made no result of ${one.id}`);
  const texts = new Map(Object.entries(attachments).map(([name, content]) => [name, attached(content)]));
  const start = startOf(subject);
  const kept = played.labels.filter(({ name }) => name === 'framework' || name === 'language');
  const result: TestResult = {
    ...played,
    uuid: uuidOf(`${record.report.run.name} ${one.id}`),
    // Results of several targets may stand in one report: each has a history of its own.
    historyId: digest(JSON.stringify([record.report.target.name, one.id])),
    testCaseId: digest(one.clause),
    fullName: one.id,
    titlePath: [one.operation.split('/')[0] ?? '', one.operation, one.clause],
    labels: [...kept, ...labelsOf(subject)],
    status: statuses[one.verdict.is],
    statusDetails: detailsOf(subject),
    stage: Stage.FINISHED,
    start,
    stop: start + Math.round(one.durationMs),
    steps: played.steps.map((step) => settledStep(step, texts)),
    attachments: played.attachments.map((attachment) => renamed(attachment, texts)),
  };
  return { result, attachments: [...texts.values()] };
}

/** Its id, made by chance, is left out: nothing refers to it. */
function settledStep(step: StepResult, texts: ReadonlyMap<string, AttachedText>): StepResult {
  const told = Object.entries(step).filter(([name]) => name !== 'uuid');
  return {
    ...(Object.fromEntries(told) as unknown as StepResult),
    steps: step.steps.map((inner) => settledStep(inner, texts)),
    attachments: step.attachments.map((attachment) => renamed(attachment, texts)),
  };
}

/** Named after its content, so that an exchange shared by cases is there once. */
function attached(content: Buffer | string): AttachedText {
  const text = content.toString('utf8');
  return { source: `${digest(text)}-attachment.json`, text };
}

function renamed(attachment: Attachment, texts: ReadonlyMap<string, AttachedText>): Attachment {
  return { ...attachment, source: texts.get(attachment.source)?.source ?? attachment.source };
}

/** The word of the verdict first: the categories go by it. */
function detailsOf({ record, one }: Subject): StatusDetails {
  const { verdict } = one;
  const { findings, repeats } = tellCase(record, one);
  const trace = repeats.map(({ identity, curl }) => `As ${printable(identity)}: ${curl}`).join('\n');
  const told = [...reasons(one.verdict), ...findings.map((finding) => finding.sentence)];
  return {
    ...(verdict.is !== 'pass' && { message: `${verdict.is}: ${told.join('\n')}` }),
    ...(trace !== '' && { trace }),
  };
}

function reasons(verdict: Subject['one']['verdict']): readonly string[] {
  switch (verdict.is) {
    case 'waived':
      return [printable(verdict.waiver, 8000)];
    case 'inconclusive':
      return [sentence(verdict.reason), `Cause: ${sentence(verdict.cause)}`];
    case 'not-attempted':
      return [`${sentence(verdict.reason)}${wordMend(verdict.mend)}`];
    case 'error':
    case 'unstable':
    case 'not-applicable':
      return [sentence(verdict.reason)];
    case 'pass':
    case 'warn':
    case 'fail':
      return [];
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** In the form of a random one, which readers expect. */
function uuidOf(text: string): string {
  const hex = digest(text);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/**
 * Builds the Allure result of a case from the record: ids and names from the case, times from the exchanges, status and
 * reason from the verdict; nothing from the machine, the clock or random numbers.
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
import type { VerdictKind } from '../../src/clauses/verdict.ts';
import { printable } from '../../src/report/printable.ts';
import { sentence, describeRemedy } from '../../src/report/run-verdict.ts';
import { describeCase } from '../../src/report/describe-case.ts';
import { labelsOf } from './labels.ts';
import { startOf, type Subject } from './subject.ts';

export interface BuiltResult {
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

/** @throws Error when the reporter of `allure-vitest` wrote no result for the case */
export function buildResult(subject: Subject, { tests: [written], attachments }: InMemoryWriter): BuiltResult {
  const { record, one } = subject;
  if (!written) throw new Error(`allure-vitest wrote no result for ${one.id}`);
  const texts = new Map(Object.entries(attachments).map(([name, content]) => [name, attached(content)]));
  const start = startOf(subject);
  const kept = written.labels.filter(({ name }) => name === 'framework' || name === 'language');
  const result: TestResult = {
    ...written,
    uuid: uuidOf(`${record.report.run.name} ${one.id}`),
    // One report may contain results of several targets: each has its own history.
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
    steps: written.steps.map((step) => fixedStep(step, texts)),
    attachments: written.attachments.map((attachment) => renamed(attachment, texts)),
  };
  return { result, attachments: [...texts.values()] };
}

/** Leaves out its random id, which nothing refers to. */
function fixedStep(step: StepResult, texts: ReadonlyMap<string, AttachedText>): StepResult {
  const members = Object.entries(step).filter(([name]) => name !== 'uuid');
  return {
    ...(Object.fromEntries(members) as unknown as StepResult),
    steps: step.steps.map((inner) => fixedStep(inner, texts)),
    attachments: step.attachments.map((attachment) => renamed(attachment, texts)),
  };
}

/** Named by its content, so that an exchange that cases share is written once. */
function attached(content: Buffer | string): AttachedText {
  const text = content.toString('utf8');
  return { source: `${digest(text)}-attachment.json`, text };
}

function renamed(attachment: Attachment, texts: ReadonlyMap<string, AttachedText>): Attachment {
  return { ...attachment, source: texts.get(attachment.source)?.source ?? attachment.source };
}

/** The verdict comes first: the categories match it. */
function detailsOf({ record, one }: Subject): StatusDetails {
  const { verdict } = one;
  const { findings, repeats } = describeCase(record, one);
  const trace = repeats.map(({ identity, curl }) => `As ${printable(identity)}: ${curl}`).join('\n');
  const sentences = [...reasons(one.verdict), ...findings.map((finding) => finding.sentence)];
  return {
    ...(verdict.is !== 'pass' && { message: `${verdict.is}: ${sentences.join('\n')}` }),
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
      return [`${sentence(verdict.reason)}${describeRemedy(verdict.remedy)}`];
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

/** In the form of a random UUID, which readers expect. */
function uuidOf(text: string): string {
  const hex = digest(text);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

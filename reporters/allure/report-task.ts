/** Passes one case to the reporter of `allure-vitest` as vitest would, and returns what it writes. */
import { Status } from 'allure-js-commons';
import type { RuntimeMessage } from 'allure-js-commons/sdk';
import { InMemoryWriter, ReporterRuntime } from 'allure-js-commons/sdk/reporter';
import AllureVitestReporter from 'allure-vitest/reporter';
import type { Exchange } from '../../src/client/exchange.ts';
import { printable } from '../../src/report/printable.ts';
import { labelsOf, linksOf, parametersOf } from './labels.ts';
import { startOf, type Subject } from './subject.ts';

type Task = Parameters<AllureVitestReporter['handleTask']>[0];

export function reportCase(subject: Subject): InMemoryWriter {
  const writer = new InMemoryWriter();
  const reporter = new AllureVitestReporter({});
  // As onInit does, but with a writer in memory instead of one to the disk; vitest is not running any more.
  Object.assign(reporter, { allureReporterRuntime: new ReporterRuntime({ writer }) });
  reporter.handleTask(taskOf(subject));
  return writer;
}

const states = {
  fail: 'fail',
  error: 'fail',
  unstable: 'fail',
  inconclusive: 'fail',
  pass: 'pass',
  warn: 'pass',
} as const;

/** The members of a vitest task that the reporter reads. */
function taskOf(subject: Subject): Task {
  const { one } = subject;
  const state = one.verdict.is in states ? states[one.verdict.is as keyof typeof states] : 'skip';
  const task = {
    type: 'test',
    mode: 'run',
    name: one.id,
    file: { filepath: 'runner/cases.test.ts' },
    meta: { allureRuntimeMessages: messagesOf(subject) },
    result: { state, startTime: startOf(subject), duration: one.durationMs, errors: [{ message: one.verdict.is }] },
  };
  return task as unknown as Task;
}

function messagesOf(subject: Subject): readonly RuntimeMessage[] {
  const { one, clause, evidence } = subject;
  const source = clause && `Source: ${clause.source.file}:${clause.source.line}, ${clause.source.section}`;
  const metadata: RuntimeMessage = {
    type: 'metadata',
    data: {
      displayName: `${clause?.statement ?? one.clause} [${one.microversion}]`,
      labels: labelsOf(subject),
      links: linksOf(subject),
      parameters: parametersOf(subject),
      ...(source !== undefined && { description: source }),
    },
  };
  const whole = one.verdict.is !== 'pass';
  return [metadata, ...evidence.flatMap((exchange) => step(exchange, whole))];
}

/** Steps of a passed case have no bodies: its evidence is in the run folder, and copies would only take space. */
function step(exchange: Exchange, whole: boolean): readonly RuntimeMessage[] {
  const { id, purpose, attempt, identity, request, response, failure, startedAt, durationMs } = exchange;
  const start = Date.parse(startedAt);
  const outcome = response ? String(response.status) : (failure?.code ?? 'no response');
  const again = attempt === undefined ? '' : `, attempt ${attempt}`;
  const name = printable(`${id} ${request.method} ${request.url} -> ${outcome} (${purpose}${again}, ${identity})`, 500);
  const attachment: RuntimeMessage = {
    type: 'attachment_content',
    data: {
      name: `Exchange ${id}`,
      content: `${JSON.stringify(exchange, undefined, 1)}\n`,
      encoding: 'utf8',
      contentType: 'application/json',
      fileExtension: '.json',
      wrapInStep: false,
    },
  };
  const status = response ? Status.PASSED : Status.BROKEN;
  return [
    { type: 'step_start', data: { name, start } },
    ...(whole ? [attachment] : []),
    { type: 'step_stop', data: { stop: start + durationMs, status } },
  ];
}

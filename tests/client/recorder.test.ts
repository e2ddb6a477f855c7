/** What a recorder counts and keeps about exchanges. */
import { expect, test } from 'vitest';
import type { HttpOutcome } from '../../src/client/http-client.ts';
import { createRecorder, type Recorder } from '../../src/client/recorder.ts';
import { createRedactor } from '../../src/client/redaction.ts';

const requestFacts = {
  purpose: 'act',
  operation: 'compute/show-thing',
  identity: 'reader',
  request: { method: 'GET', url: 'http://example.test/', headers: [] },
} as const;
const answer: HttpOutcome = { response: { status: 200, headers: [], body: '' } };

interface WithContext {
  readonly recorder: Recorder;
  readonly clock: { time: number };
  /** Answers the oldest request that still waits. */
  readonly respondNext: () => void;
}

function withContext(): WithContext {
  const clock = { time: Date.UTC(2026, 0, 2, 3, 4, 5, 678) };
  const waiting: ((outcome: HttpOutcome) => void)[] = [];
  const http = {
    send: () => new Promise<HttpOutcome>((resolve) => waiting.push(resolve)),
    close: async () => undefined,
  };
  const recorder = createRecorder(http, createRedactor(), { now: () => clock.time });
  return { recorder, clock, respondNext: () => waiting.shift()?.(answer) };
}

test('an exchange says when it began, how long it took, who asked and what for', async () => {
  const { recorder, clock, respondNext } = withContext();
  const sent = recorder.send(requestFacts);
  clock.time += 250;
  respondNext();
  const { exchange } = await sent;
  expect(exchange).toEqual({
    id: 'x1',
    purpose: 'act',
    operation: 'compute/show-thing',
    identity: 'reader',
    request: requestFacts.request,
    response: answer.response,
    startedAt: '2026-01-02T03:04:05.678Z',
    durationMs: 250,
  });
});

test('ids count up in the order of sending, whatever the order of answers', async () => {
  const { recorder, respondNext } = withContext();
  const sent = [recorder.send(requestFacts), recorder.send(requestFacts), recorder.send(requestFacts)];
  sent.forEach(respondNext);
  expect((await Promise.all(sent)).map(({ exchange }) => exchange.id)).toEqual(['x1', 'x2', 'x3']);
});

test('time during which several requests wait counts once as busy and for each as target time', async () => {
  const { recorder, clock, respondNext } = withContext();
  const first = recorder.send(requestFacts);
  clock.time += 10;
  const second = recorder.send(requestFacts);
  clock.time += 10;
  respondNext();
  await first;
  clock.time += 10;
  respondNext();
  await second;
  clock.time += 1_000;
  const third = recorder.send(requestFacts);
  clock.time += 5;
  respondNext();
  await third;
  expect(recorder.totals()).toEqual({ exchanges: 3, targetMs: 45, targetBusyMs: 35 });
});

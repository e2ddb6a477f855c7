/**
 * Loaded into every Node process of a command of the documents: adds to a call of this tool what keeps it short, and
 * notes what was called. `DOCUMENT_NARROWING` is a JSON array of [pattern of the call, words to add].
 */
import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

if (isMainThread && /dist\/cli\/main\.js$/.test(process.argv[1] ?? '')) {
  const call = process.argv.slice(2).join(' ');
  const narrowing = JSON.parse(process.env.DOCUMENT_NARROWING ?? '[]');
  const [, added = []] = narrowing.find(([pattern]) => new RegExp(pattern).test(call)) ?? [];
  appendFileSync(process.env.DOCUMENT_CALLS ?? '', `${JSON.stringify({ call, added })}\n`);
  process.argv.push(...added);
}

/** The heartbeat of an active run, `running.json` in its folder. */
import type { Of } from './declaration.ts';
import { note, object, ordinal, text, time } from './declare.ts';

export const running = object({
  pid: note('The process of the run.', ordinal),
  host: text,
  at: note('The last heartbeat: ISO 8601 with milliseconds, UTC.', time),
});
export interface Running extends Of<typeof running> {}

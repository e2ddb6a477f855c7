/** Categories for verdicts that Allure has no status for, recognised by the start of the message. */
import { Status } from 'allure-js-commons';
import type { Category } from 'allure-js-commons/sdk';

function category(name: string, word: string, status: Status): Category {
  return { name, messageRegex: `^${word}: [\\s\\S]*`, matchedStatuses: [status] };
}

export const categories: readonly Category[] = [
  category('Failed', 'fail', Status.FAILED),
  category('Errors of the harness or the network', 'error', Status.BROKEN),
  category('Unstable: failed, and passed when run again alone', 'unstable', Status.BROKEN),
  category('Inconclusive: the precondition could not be reached', 'inconclusive', Status.BROKEN),
  category('Warnings: a SHOULD was violated', 'warn', Status.PASSED),
  category('Waived: known failures', 'waived', Status.SKIPPED),
  category('Not attempted', 'not-attempted', Status.SKIPPED),
  category('Not applicable', 'not-applicable', Status.SKIPPED),
];

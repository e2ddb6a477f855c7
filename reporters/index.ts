/** The reporters that write files into the run folder, by id. */
import type { Reporter } from '../src/report/record.ts';
import { allureReporter } from './allure.ts';
import { badgeReporter } from './badge.ts';
import { harReporter } from './har.ts';
import { htmlReporter } from './html.ts';
import { jsonReporter } from './json.ts';
import { junitReporter } from './junit.ts';
import { markdownReporter } from './markdown.ts';
import { sarifReporter } from './sarif.ts';
import { summaryReporter } from './summary.ts';

export const reporters: readonly Reporter[] = [
  allureReporter,
  badgeReporter,
  harReporter,
  htmlReporter,
  jsonReporter,
  junitReporter,
  markdownReporter,
  sarifReporter,
  summaryReporter,
];

/** The words for results of cases, apart from their declaration so that pages can load them alone. */

/** The order in which reports list them, most urgent first. */
export const verdictKinds = [
  'fail',
  'error',
  'unstable',
  'inconclusive',
  'warn',
  'waived',
  'pass',
  'not-attempted',
  'not-applicable',
] as const;

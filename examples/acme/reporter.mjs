// @ts-check
/**
 * An external reporter: failures and warnings as lines for a spreadsheet. It is a function of the record, and writes
 * files whose names start with its id.
 *
 *     npx openstack-conformance run --reporter json --reporter ./reporter.mjs
 */

/** @import { Reporter } from 'openstack-conformance' */

/** @type {Reporter} */
export default {
  id: 'deviations',
  summary: 'deviations.csv, a line for each failure and warning',
  render: ({ report }) => {
    const deviating = report.cases.filter(({ verdict }) => verdict.is === 'fail' || verdict.is === 'warn');
    const lines = deviating.map((one) =>
      [one.verdict.is, one.operation, one.microversion, one.id].map(quoted).join(','),
    );
    return [{ path: 'deviations.csv', text: ['verdict,operation,microversion,case', ...lines, ''].join('\n') }];
  },
};

/** @param {string} text */
function quoted(text) {
  return `"${text.replaceAll('"', '""')}"`;
}

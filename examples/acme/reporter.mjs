// @ts-check
/**
 * A reporter of one's own: what failed, as lines for a spreadsheet. It is a function of the record, and writes files
 * that begin with its id.
 *
 *     npx openstack-conformance run --reporter json --reporter ./reporter.mjs
 */

/** @import { Reporter } from 'openstack-conformance' */

/** @type {Reporter} */
export default {
  id: 'departures',
  summary: 'departures.csv, a line for each case that did not hold',
  render: ({ report }) => {
    const departed = report.cases.filter(({ verdict }) => verdict.is === 'fail' || verdict.is === 'warn');
    const lines = departed.map((one) =>
      [one.verdict.is, one.operation, one.microversion, one.id].map(quoted).join(','),
    );
    return [{ path: 'departures.csv', text: ['verdict,operation,microversion,case', ...lines, ''].join('\n') }];
  },
};

/** @param {string} text */
function quoted(text) {
  return `"${text.replaceAll('"', '""')}"`;
}

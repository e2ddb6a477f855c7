/** `statement.json`: the run as an in-toto statement with a test result, the file that is signed. */
import type { Of } from './declaration.ts';
import { define, list, literal, note, object, oneOf, optional, sha256, text } from './declare.ts';
import { runVerdict } from './shared.ts';

const subject = object({ name: text, digest: object({ sha256 }) });

const configuration = object({
  name: note('Service and revision of the contract.', text),
  digest: object({ sha256: note('Of the contract.', text) }),
  annotations: object({
    tool: text,
    run: text,
    startedAt: text,
    target: text,
    microversions: text,
    verdict: runVerdict,
    scope: text,
    vacuous: optional(text),
  }),
});

const ids = list(text);

const statementSchema = object({
  _type: literal('https://in-toto.io/Statement/v1'),
  subject: note('The manifest, which covers every file of the folder, and the report.', list(subject)),
  predicateType: literal('https://in-toto.io/attestation/test-result/v0.1'),
  predicate: object({
    result: note(
      'A partial run is FAILED, one whose scope is incomplete is WARNED.',
      oneOf('PASSED', 'WARNED', 'FAILED'),
    ),
    configuration: list(configuration, { minItems: 1 }),
    passedTests: note('Ids of clauses of the reference.', ids),
    warnedTests: ids,
    failedTests: note('Failed or not decided.', ids),
  }),
});
export interface Statement extends Of<typeof statementSchema> {}
export const statement = define<Statement>('statement', statementSchema);

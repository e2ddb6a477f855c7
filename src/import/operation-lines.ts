/** Formats the facts of one operation as lines, one per fact, so that two versions can be compared. */
import type { OperationFacts, ParameterFacts } from './facts.ts';

/** Leaves out the line number of the title, which changes with the text above it. */
export function operationLines(facts: OperationFacts): readonly string[] {
  const { call, from, until, responses, errors, bodiless, nullable, request = [], response = [], samples = [] } = facts;
  return [
    `call ${call}`,
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(until === undefined ? [] : [`until ${until}`]),
    ...[...responses, ...errors].map((code) => `code ${code}`),
    ...(bodiless ? ['response without a body'] : []),
    ...(nullable ? ['any member of the response may be null'] : []),
    ...request.map((row) => parameterLine('request', row)),
    ...response.map((row) => parameterLine('response', row)),
    ...samples.flatMap(({ file, forms }) =>
      Object.entries(forms).map(([versions, form]) => `sample ${lastPart(file)} (${versions}) ${JSON.stringify(form)}`),
    ),
  ];
}

export interface LineDifference {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

export function differenceOf(before: OperationFacts, after: OperationFacts): LineDifference {
  const [old, now] = [operationLines(before), operationLines(after)];
  return { removed: old.filter((line) => !now.includes(line)), added: now.filter((line) => !old.includes(line)) };
}

function parameterLine(side: string, [name, ...said]: ParameterFacts): string {
  return `${side} ${name ?? ''}: ${said.join(', ')}`;
}

function lastPart(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

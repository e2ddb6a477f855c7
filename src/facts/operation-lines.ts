/** The facts on one operation as lines, one for each, so that two sets of them can be compared. */
import type { OperationFacts, ParameterFacts } from './facts.ts';

/** Without the line of the title: it moves when something above it does. */
export function operationLines(facts: OperationFacts): readonly string[] {
  const { call, from, until, answers, errors, bodiless, nullable, request = [], response = [], samples = [] } = facts;
  return [
    `call ${call}`,
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(until === undefined ? [] : [`until ${until}`]),
    ...[...answers, ...errors].map((code) => `code ${code}`),
    ...(bodiless ? ['reply without a body'] : []),
    ...(nullable ? ['any field of the reply may be null'] : []),
    ...request.map((row) => parameterLine('request', row)),
    ...response.map((row) => parameterLine('response', row)),
    ...samples.flatMap(({ file, forms }) =>
      Object.entries(forms).map(([versions, form]) => `sample ${lastPart(file)} (${versions}) ${JSON.stringify(form)}`),
    ),
  ];
}

export interface LineDifference {
  readonly gone: readonly string[];
  readonly come: readonly string[];
}

export function differenceOf(before: OperationFacts, after: OperationFacts): LineDifference {
  const [old, now] = [operationLines(before), operationLines(after)];
  return { gone: old.filter((line) => !now.includes(line)), come: now.filter((line) => !old.includes(line)) };
}

function parameterLine(side: string, [name, ...said]: ParameterFacts): string {
  return `${side} ${name ?? ''}: ${said.join(', ')}`;
}

function lastPart(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

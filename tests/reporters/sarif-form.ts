/**
 * What OASIS SARIF 2.1.0 asks of the objects that our log uses: their members, which of them have to be there, and the
 * values that are allowed. Written by hand from the types of `@types/sarif`: no package here has the schema.
 */
type Check = (value: unknown, at: string) => readonly string[];

interface Form {
  readonly required: Readonly<Record<string, Check>>;
  readonly optional?: Readonly<Record<string, Check>>;
}

const wrong = (at: string, what: string): readonly string[] => [`${at}: ${what}`];
const text: Check = (value, at) => (typeof value === 'string' && value !== '' ? [] : wrong(at, 'no text'));
const count =
  (least: number): Check =>
  (value, at) =>
    Number.isInteger(value) && Number(value) >= least ? [] : wrong(at, `no whole number from ${least} on`);
const flag: Check = (value, at) => (typeof value === 'boolean' ? [] : wrong(at, 'neither true nor false'));
const any: Check = () => [];
const uri: Check = (value, at) =>
  typeof value === 'string' && !/[\s\\]/.test(value) && URL.canParse(value, 'file:///srv/run/')
    ? []
    : wrong(at, 'no URI');
const instant: Check = (value, at) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value) ? [] : wrong(at, 'no time');
const oneOf =
  (...allowed: readonly unknown[]): Check =>
  (value, at) =>
    allowed.includes(value) ? [] : wrong(at, `${String(value)} is none of ${allowed.join(', ')}`);
const listOf =
  (item: Check): Check =>
  (value, at) =>
    Array.isArray(value) ? value.flatMap((one, index) => item(one, `${at}/${index}`)) : wrong(at, 'no list');
const mapOf =
  (item: Check): Check =>
  (value, at) =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, one]) => item(one, `${at}/${name}`))
      : wrong(at, 'no object');

function object({ required, optional = {} }: Form): Check {
  const known: Readonly<Record<string, Check>> = { ...required, ...optional, properties: mapOf(any) };
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(at, 'no object');
    const missing = Object.keys(required).filter((name) => !Object.hasOwn(value, name));
    return [
      ...missing.flatMap((name) => wrong(at, `${name} is missing`)),
      ...Object.entries(value).flatMap(
        ([name, one]) => known[name]?.(one, `${at}/${name}`) ?? wrong(at, `${name} is unknown`),
      ),
    ];
  };
}

const level = oneOf('none', 'note', 'warning', 'error');
const multiformat = object({ required: { text }, optional: { markdown: text } });
const message = object({ required: { text }, optional: { markdown: text, id: text, arguments: listOf(text) } });
const artifactLocation = object({
  required: { uri },
  optional: { uriBaseId: text, index: count(-1), description: message },
});
const region = object({
  required: { startLine: count(1) },
  optional: { startColumn: count(1), endLine: count(1), endColumn: count(1), snippet: multiformat },
});
const location = object({
  required: {},
  optional: {
    id: count(-1),
    message,
    physicalLocation: object({ required: { artifactLocation }, optional: { region } }),
    logicalLocations: listOf(object({ required: {}, optional: { name: text, fullyQualifiedName: text, kind: text } })),
  },
});
const rule = object({
  required: { id: text },
  optional: {
    name: text,
    shortDescription: multiformat,
    fullDescription: multiformat,
    help: multiformat,
    helpUri: uri,
    defaultConfiguration: object({ required: {}, optional: { level, enabled: flag, rank: any } }),
  },
});
const result = object({
  required: { message },
  optional: {
    ruleId: text,
    ruleIndex: count(-1),
    level,
    kind: oneOf('notApplicable', 'pass', 'fail', 'review', 'open', 'informational'),
    locations: listOf(location),
    relatedLocations: listOf(location),
    fingerprints: mapOf(text),
    partialFingerprints: mapOf(text),
    occurrenceCount: count(1),
    baselineState: oneOf('new', 'unchanged', 'updated', 'absent'),
    suppressions: listOf(
      object({
        required: { kind: oneOf('inSource', 'external') },
        optional: { status: oneOf('accepted', 'underReview', 'rejected'), justification: text, location, guid: text },
      }),
    ),
  },
});
const component = object({
  required: { name: text },
  optional: { version: text, semanticVersion: text, informationUri: uri, fullName: text, rules: listOf(rule) },
});
const notification = object({
  required: { message },
  optional: { level, locations: listOf(location), descriptor: any, timeUtc: instant },
});
const invocation = object({
  required: { executionSuccessful: flag },
  optional: {
    commandLine: text,
    arguments: listOf(text),
    startTimeUtc: instant,
    endTimeUtc: instant,
    exitCode: any,
    exitCodeDescription: text,
    toolExecutionNotifications: listOf(notification),
    toolConfigurationNotifications: listOf(notification),
  },
});
const run = object({
  required: { tool: object({ required: { driver: component }, optional: { extensions: listOf(component) } }) },
  optional: {
    results: listOf(result),
    invocations: listOf(invocation),
    automationDetails: object({ required: {}, optional: { id: text, guid: text, description: message } }),
    originalUriBaseIds: mapOf(object({ required: {}, optional: { uri, uriBaseId: text, description: message } })),
    artifacts: listOf(
      object({ required: {}, optional: { location: artifactLocation, hashes: mapOf(text), length: count(-1) } }),
    ),
    columnKind: oneOf('utf16CodeUnits', 'unicodeCodePoints'),
    taxonomies: listOf(component),
    defaultEncoding: text,
    language: text,
  },
});

/** Deviations from SARIF 2.1.0, each with its path. */
export const sarifDeviations = (log: unknown): readonly string[] =>
  object({ required: { version: oneOf('2.1.0'), runs: listOf(run) }, optional: { $schema: uri } })(log, '');

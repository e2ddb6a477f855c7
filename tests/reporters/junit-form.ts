/**
 * What `junit.xml` may be made of: the elements, attributes and contents that junit-10.xsd of Jenkins' xUnit plugin
 * allows, as far as we use them. It is the strictest reader; the parsers of GitLab and GitHub take all of it.
 */
import { SaxesParser } from 'saxes';

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** A strict XML 1.0 parser; it throws at the first character that is not well-formed. */
export function parseXml(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open: Element[] = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return root.children[0] ?? root;
}

interface Form {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Undefined: text instead. */
  readonly children?: readonly string[];
  /** The maximum number of a child, where it is limited. */
  readonly most?: Readonly<Record<string, number>>;
}

const story: Form = { required: [], optional: ['type', 'message'] };

const forms: Readonly<Record<string, Form>> = {
  testsuites: { required: [], optional: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
    children: ['properties', 'testcase', 'system-out', 'system-err'],
    most: { properties: 1 },
  },
  properties: { required: [], optional: [], children: ['property'] },
  property: { required: ['name', 'value'], optional: [], children: [] },
  testcase: {
    required: ['name'],
    optional: ['time', 'classname', 'group'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
    most: { skipped: 1, error: 1, failure: 1, 'system-out': 1, 'system-err': 1 },
  },
  failure: story,
  error: story,
  skipped: story,
  'system-out': { required: [], optional: [] },
  'system-err': { required: [], optional: [] },
};

/** The values that readers take for numbers and times. */
const values: Readonly<Record<string, RegExp>> = {
  tests: /^\d+$/,
  failures: /^\d+$/,
  errors: /^\d+$/,
  skipped: /^\d+$/,
  id: /^\d+$/,
  time: /^\d+\.\d{3}$/,
  timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
};

/** Deviations from the form, one line each; children must be in the order of the form. */
export function deviationsOf({ name, attributes, children, text }: Element): readonly string[] {
  const form = forms[name];
  if (!form) return [`<${name}> is no element of it`];
  const { required, optional, most = {} } = form;
  const kinds = form.children ?? [];
  const names = children.map((child) => child.name);
  const places = names.map((child) => kinds.indexOf(child));
  return [
    ...required.filter((key) => !(key in attributes)).map((key) => `<${name}> has no ${key}`),
    ...Object.entries(attributes).flatMap(([key, value]) => {
      if (!required.includes(key) && !optional.includes(key)) return [`<${name}> has ${key}`];
      return (values[key]?.test(value) ?? true) ? [] : [`<${name}> has ${key}="${value}"`];
    }),
    ...names.filter((child) => !kinds.includes(child)).map((child) => `<${name}> contains <${child}>`),
    ...Object.entries(most).flatMap(([kind, count]) =>
      names.filter((child) => child === kind).length > count ? [`<${name}> contains more than ${count} <${kind}>`] : [],
    ),
    ...(places.some((place, index) => place < (places[index - 1] ?? 0)) ? [`<${name}> is out of order`] : []),
    ...(form.children && text.trim() !== '' ? [`<${name}> contains text`] : []),
    ...children.flatMap(deviationsOf),
  ];
}

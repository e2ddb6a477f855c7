/**
 * Formats elements as an XML document; characters that XML forbids are replaced.
 *
 * The only module that imports the XML library.
 */
import XmlBuilder from 'fast-xml-builder';

export interface XmlElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly children?: readonly XmlElement[];
  /** Character data; an element has children or text, not both. */
  readonly text?: string;
}

/** The library's ordered form: one key for the element, `:@` for its attributes, `#text` for character data. */
type Node = Readonly<Record<string, unknown>>;

export function formatXml(root: XmlElement): string {
  const builder = new XmlBuilder({
    preserveOrder: true,
    format: true,
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    suppressEmptyNode: true,
    processEntities: true,
  });
  const body = builder.build([nodeOf(root)]).trim();
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`;
}

function nodeOf({ name, attributes = {}, children = [], text }: XmlElement): Node {
  const content = text === undefined ? children.map(nodeOf) : [{ '#text': allowed(text) }];
  const named = Object.entries(attributes).map(([key, value]) => [`@${key}`, allowed(String(value))]);
  return { [name]: content, ...(named.length > 0 && { ':@': Object.fromEntries(named) as Node }) };
}

/** XML 1.0 allows tab, newline, return, and characters that are not controls, lone surrogates or non-characters. */
function allowed(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}

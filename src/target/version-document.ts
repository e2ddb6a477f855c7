/** What a service says of its versions: a list of them, or the one that was asked for. */
import { jsonList, jsonObject, jsonText, parseJson } from '../json.ts';

export interface VersionLink {
  /** `v2.1` */
  readonly id: string;
  /** Where it says it is; the host in it is often wrong behind a proxy. */
  readonly href: string | undefined;
}

/** Undefined when the text is no version document. */
export function readVersionDocument(body: string): readonly VersionLink[] | undefined {
  const document = jsonObject(parseJson(body));
  const versions = document.version === undefined ? jsonList(document.versions) : [document.version];
  const links = versions.map(jsonObject).flatMap(({ id, links }): readonly VersionLink[] => {
    const name = jsonText(id);
    const self = jsonList(links)
      .map(jsonObject)
      .find(({ rel }) => rel === 'self');
    return name === undefined ? [] : [{ id: name, href: jsonText(self?.href) }];
  });
  return links.length === 0 ? undefined : links;
}

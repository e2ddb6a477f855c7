/** Reads the version document of a service: a list of versions, or a single one. */
import { jsonList, jsonObject, jsonText, parseJson } from '../json.ts';

export interface VersionLink {
  /** `v2.1` */
  readonly id: string;
  /** The URL of the version; its host is often wrong behind a proxy. */
  readonly href: string | undefined;
}

/** Undefined when the text is not a version document. */
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

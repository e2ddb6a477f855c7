/**
 * The error pages of the services' web framework: HTML, JSON or plain text, by `Accept`.
 */

import type { SimResponse } from './http.ts';

/** The page in response to HEAD: no body, and always the Content-Type of HTML. */
export function emptyErrorPage(status: number): SimResponse {
  return page(status, 'text/html; charset=UTF-8', '');
}

/** `title` such as `Not Found`; `text` explains. */
export function errorPage(accept: string | undefined, status: number, title: string, text: string): SimResponse {
  const line = `${status} ${title}`;
  const marked = `${text}<br /><br />\n\n\n`;
  switch (preferredType(accept)) {
    case 'html':
      return page(status, 'text/html; charset=UTF-8', htmlPage(line, marked));
    case 'json':
      return page(status, 'application/json', JSON.stringify({ message: marked, code: line, title }));
    case 'plain':
      return page(status, 'text/plain; charset=UTF-8', `${line}\n\n${text}\n\n   `);
  }
}

/** HTML or JSON, whichever `Accept` prefers, HTML if equal; plain text when it accepts neither. */
export function preferredType(accept: string | undefined): 'html' | 'json' | 'plain' {
  const html = quality(accept ?? '', 'text/html');
  const asJson = quality(accept ?? '', 'application/json');
  if (html === 0 && asJson === 0) return 'plain';
  return asJson > html ? 'json' : 'html';
}

function quality(accept: string, type: string): number {
  const family = `${type.split('/')[0] ?? ''}/*`;
  const ranges = accept.split(',').map((part) => {
    const [name = '', ...parameters] = part.split(';').map((one) => one.trim().toLowerCase());
    const weight = parameters.find((one) => one.startsWith('q='))?.slice(2);
    return { name, weight: weight === undefined ? 1 : Number(weight) || 0 };
  });
  for (const wanted of [type, family, '*/*']) {
    const found = ranges.find(({ name }) => name === wanted);
    if (found) return found.weight;
  }
  return 0;
}

function htmlPage(line: string, text: string): string {
  return `<html>\n <head>\n  <title>${line}</title>\n </head>\n <body>\n  <h1>${line}</h1>\n  ${text}\n </body>\n</html>`;
}

function page(status: number, type: string, body: string): SimResponse {
  return { status, headers: { 'Content-Type': type }, body };
}

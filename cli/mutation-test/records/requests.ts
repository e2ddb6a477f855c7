/** The requests of a mutation test in a form that is the same in each run: ids are replaced by `{}`. */

/** `GET /compute/v2.1/servers/{}/os-volume_attachments` */
export type RequestForm = `${string} /${string}`;

export function requestForm(method: string, path: string): RequestForm {
  const segments = path.split('/').map((segment) => (isWord(segment) ? segment : '{}'));
  return `${method} /${segments.join('/').replace(/^\//, '')}`;
}

/** Of requests such as `GET /compute/v2.1/servers/1`, each form once. */
export function requestForms(requests: readonly string[]): readonly RequestForm[] {
  return [...new Set(requests.map((one) => requestForm(...(one.split(/ (.*)/s) as [string, string]))))];
}

/** Paths of the API consist of words and version numbers; everything else in one is a value. */
function isWord(segment: string): boolean {
  return /^[\w.-]{0,40}$/.test(segment) && (!/\d/.test(segment) || /^v\d+(\.\d+)?$/.test(segment));
}

/** Whether a request may be one for a call such as `GET /servers/{server_id}`, below any prefix. */
export function mayCall(form: RequestForm, call: string): boolean {
  const [[method, path], [otherMethod, template]] = [form, call].map((one) => one.split(/ (.*)/s)) as [
    [string, string],
    [string, string],
  ];
  if (method !== otherMethod) return false;
  const pattern = template
    .split('/')
    .map((segment) => (segment.startsWith('{') ? '[^/]*' : segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('/');
  return new RegExp(`${pattern}/?$`).test(path);
}

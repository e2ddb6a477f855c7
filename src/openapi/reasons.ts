/** One sentence for each status that APIs answer, in our words; a document has to say something there. */
const reasons: Readonly<Record<number, string>> = {
  200: 'Done.',
  201: 'Made.',
  202: 'Accepted; the work goes on.',
  203: 'Done, reported by another.',
  204: 'Done; there is nothing to tell.',
  207: 'Done in part; the response shows which.',
  300: 'There are several to choose from.',
  304: 'Nothing has changed.',
  400: 'The request is malformed.',
  401: 'The token is missing or not valid.',
  403: 'This identity may not do it.',
  404: 'There is no such resource.',
  405: 'The resource does not take this method.',
  406: 'The microversion or form that was asked for is not offered.',
  409: 'The state of the resource does not allow it.',
  410: 'This API is gone.',
  412: 'A condition of the request does not hold.',
  413: 'The request is too large, or a limit is reached.',
  415: 'The form of the request body is not understood.',
  429: 'There were too many requests.',
  500: 'The service failed.',
  501: 'This deployment does not offer it.',
  503: 'The service is not available.',
};

export function reasonOf(status: number): string {
  return reasons[status] ?? (status < 400 ? 'Done.' : status < 500 ? 'The request is refused.' : 'The service failed.');
}

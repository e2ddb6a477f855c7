/** Every documented operation of Nova is found by the requests that its reference shows. */
import { expect, test } from 'vitest';
import { operationFinder } from '../../src/contract/find-operation.ts';
import { formatMicroversion, microversion } from '../../src/microversion.ts';
import { chosenContracts } from '../../cli/chosen-contract.ts';

const [{ contract }] = (await chosenContracts({}, () => true)).chosen;

const find = operationFinder(contract.operations);
/** An update names the volume of its path; `volume_id` is then that of the sample. */
const updated = (body = ''): string => /"volumeId":"([^"]+)"/.exec(body)?.[1] ?? 'some-volume';

const filled = (path: string, body?: string): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'ip') return '192.0.2.1';
    return name === 'volume_id' ? updated(body) : `some-${name}`;
  });

/** The samples of its request, or none for a request without a body. */
const requests = contract.operations
  .filter(({ method }) => method !== 'METHOD')
  .flatMap((operation) => {
    const samples = operation.samples.filter(({ side }) => side === 'request');
    const bodies = samples.map(({ value, range }) => ({ body: JSON.stringify(value), at: range.first }));
    return (bodies.length > 0 ? bodies : [{ body: undefined, at: operation.range.first }]).map((one) => ({
      operation,
      ...one,
    }));
  });

test.each(requests.map(({ operation, body, at }) => [operation.id, formatMicroversion(at), operation, body] as const))(
  '%s at %s is found by its own request',
  (id, version, { method, path }, body) => {
    const found = find({
      method,
      path: filled(path, id === 'compute/swap-volume' ? undefined : body),
      body,
      microversion: microversion(version),
    });
    expect(found?.operation.id).toBe(id);
  },
);

test.each([
  ['GET', '/servers/detail', 'compute/list-servers-detailed'],
  ['GET', '/servers/details', 'compute/show-server-details'],
  ['GET', '/flavors/detail', 'compute/list-flavors-with-details'],
  ['DELETE', '/servers/detail', 'compute/delete-server'],
  ['GET', '/os-floating-ip-dns/example.org/entries/192.0.2.1', 'compute/list-dns-entries'],
  ['GET', '/os-floating-ip-dns/example.org/entries/web1', 'compute/find-unique-dns-entry'],
  ['POST', '/servers/some/actions', undefined],
  ['POST', '/servers/some/action', undefined],
  ['GET', '/servers//action', undefined],
])('%s %s is %s', (method, path, id) => {
  expect(find({ method, path, microversion: microversion('2.1') })?.operation.id).toBe(id);
});

test('an action that nobody documents is no operation', () => {
  const request = { method: 'POST', path: '/servers/some/action', microversion: microversion('2.1') };
  expect(find({ ...request, body: '{"explode": null}' })).toBeUndefined();
  expect(find({ ...request, body: '{"pause": null}' })?.operation.id).toBe('compute/pause-server');
});

test('a body that shows none of the operations of its call is for the one that is named, where it is among them', () => {
  const request = { method: 'POST', path: '/servers/some/action', microversion: microversion('2.1') };
  const found = (otherwise: `compute/${string}`, body?: string) => find({ ...request, body, otherwise })?.operation.id;
  expect(found('compute/pause-server', '{}')).toBe('compute/pause-server');
  expect(found('compute/pause-server')).toBe('compute/pause-server');
  expect(found('compute/pause-server', '{"suspend": null}')).toBe('compute/suspend-server');
  expect(found('compute/list-servers', '{}')).toBeUndefined();
});

test('an operation is found at its own microversions only', () => {
  const request = { method: 'POST', path: '/servers/some/action', body: '{"trigger_crash_dump": null}' };
  expect(find({ ...request, microversion: microversion('2.16') })).toBeUndefined();
  expect(find({ ...request, microversion: microversion('2.17') })?.path).toEqual({ server_id: 'some' });
});

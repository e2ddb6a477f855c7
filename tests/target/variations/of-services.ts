/** Variations of catalogue, interfaces, endpoints and Keystone. */
import { cinder, identity, internal, nova, southern, twoRegions, usualCatalog, type Variation } from './variation.ts';

const noKeystone =
  'Could not find versioned identity endpoints when attempting to authenticate. Please check that your auth_url is correct. Unrecognized schema in response body. (HTTP 404)';

export const ofServices: readonly Variation[] = [
  { name: 'the usual cloud' },
  // Catalogue.
  {
    name: 'two regions and none named',
    entry: { region_name: null },
    catalog: twoRegions,
    run: 'cloud demo names no region, and the catalogue has several: north (',
    client: 'servers O/compute/v2.1 volumes O/south/volume/v3/p1',
    because: 'The client takes the first region of each service, so that servers are in one and volumes in the other.',
  },
  {
    name: 'two regions and the second named',
    entry: { region_name: 'south' },
    catalog: twoRegions,
    run: southern,
  },
  {
    name: 'one region and none named',
    entry: { region_name: null },
  },
  {
    name: 'a region in other letters',
    entry: { region_name: 'North' },
    run: 'The catalogue of cloud demo has no compute endpoint in region North: it has region north.',
    client: 'public endpoint for compute service in North region not found',
  },
  {
    name: 'volumes in another region only',
    catalog: [nova(), cinder('/south/volume/v3/P', 'south')],
    run: 'The catalogue of cloud demo has no block-storage endpoint in region north: it has region south.',
    client: 'Servers O/compute/v2.1 volumes nowhere: public endpoint for volumev3 service in north region not found',
  },
  {
    name: 'block-storage as the type of volumes',
    catalog: [nova(), cinder('/volume/v3/P', 'north', 'public', 'block-storage')],
  },
  {
    name: 'an older type of volumes beside the newer',
    catalog: [nova(), cinder('/old-volume/v2/P', 'north', 'public', 'volumev2'), cinder()],
  },
  {
    name: 'no volumes at all',
    catalog: [nova()],
    run: 'The catalogue of cloud demo has no block-storage endpoint: it has compute.',
    client: 'Servers O/compute/v2.1 volumes nowhere: public endpoint for volumev3 service in north region not found',
  },
  {
    name: 'an empty catalogue',
    catalog: [],
    run: 'The catalogue of cloud demo has no compute endpoint: it is empty.',
    client: 'The service catalog is empty.',
  },
  {
    name: 'an endpoint with a query',
    catalog: [nova('/compute/v2.1?x=1'), cinder()],
    run: 'The catalogue has the compute endpoint at O/compute/v2.1?x=1, which contains a query',
    client: "Servers nowhere volumes O/volume/v3/p1: 'flavors'",
  },
  {
    name: 'several endpoints of servers in one region',
    catalog: [...usualCatalog, nova('/second/compute/v2.1'), nova('/third/compute/v2.1')],
  },
  {
    name: 'Keystone by its version 2 in the catalogue',
    catalog: [['identity', 'public', 'north', '/identity/v2.0'], nova(), cinder()],
  },
  // Interfaces.
  {
    name: 'the internal interface',
    entry: { interface: 'internal' },
    run: internal,
  },
  {
    name: 'the internal interface in its older spelling',
    entry: { interface: 'internalURL' },
    run: internal,
  },
  {
    name: 'the interface by its older name',
    entry: { endpoint_type: 'internal' },
    run: internal,
  },
  {
    name: 'a list of interfaces',
    entry: { interface: ['internal', 'public'] },
    run: internal,
  },
  {
    name: 'a list of interfaces of which the first is only at some services',
    entry: { interface: ['internal', 'public'] },
    catalog: [nova(), nova('/internal/compute/v2.1', 'north', 'internal'), cinder()],
    client: 'servers O/internal/compute/v2.1 volumes O/volume/v3/p1',
    because: 'All services of a run are at one interface where there is one that all have.',
  },
  {
    name: 'an interface that no service has',
    entry: { interface: 'admin' },
    run: 'The catalogue of cloud demo has no compute endpoint in region north at interface admin: it has interfaces internal, public.',
    client: 'admin endpoint for compute service in north region not found',
  },
  {
    name: 'an interface that is none',
    entry: { interface: 'secret' },
    run: 'cloud demo: the interface "secret" is not known. Use one of public, internal, admin.',
    client: 'secret endpoint for compute service in north region not found',
  },
  // Endpoints.
  {
    name: 'the project in the endpoint of servers',
    catalog: [nova('/compute/v2.1/P'), cinder()],
    run: 'servers O/compute/v2.1/p1 volumes O/volume/v3/p1',
  },
  {
    name: 'trailing slashes',
    catalog: [nova('/compute/v2.1/'), cinder('/volume/v3/P/')],
  },
  {
    name: 'no version in the endpoint of servers',
    catalog: [nova('/compute'), cinder()],
  },
  {
    name: 'no version in the endpoint of volumes',
    catalog: [nova(), cinder('/volume/')],
    client: 'servers O/compute/v2.1 volumes O/volume/v3',
    because: 'Cinder takes the path with the project in every release, and without it only in newer ones.',
  },
  {
    name: 'a prefix that looks like a version',
    catalog: [nova('/v1/compute/v2.1'), cinder('/v1/volume/v3/P')],
    run: 'servers O/v1/compute/v2.1 volumes O/v1/volume/v3/p1',
  },
  {
    name: 'a prefix that looks like a version, and a project',
    catalog: [nova('/v1/compute/v2.1/P'), cinder()],
    run: 'servers O/v1/compute/v2.1/p1 volumes O/volume/v3/p1',
  },
  {
    name: 'an older version of volumes',
    catalog: [nova(), cinder('/volume/v2/P')],
  },
  {
    name: 'volumes without the project',
    catalog: [nova(), cinder('/volume/v3')],
    run: 'servers O/compute/v2.1 volumes O/volume/v3',
  },
  {
    name: 'an override',
    entry: { compute_endpoint_override: 'O/mine/compute/v2.1' },
    run: 'servers O/mine/compute/v2.1 volumes O/volume/v3/p1',
  },
  {
    name: 'an override with the project in a blank',
    entry: { compute_endpoint_override: 'O/mine/compute/v2.1/%(project_id)s' },
    run: 'servers O/mine/compute/v2.1/p1 volumes O/volume/v3/p1',
    client: "Servers nowhere volumes O/volume/v3/p1: 'NoneType' object has no attribute 'catalog_url'",
    because: 'The client fills blanks of the catalogue only.',
  },
  // Keystone.
  {
    name: 'Keystone without its version',
    entry: { auth: { auth_url: 'O/identity' } },
  },
  {
    name: 'Keystone with a trailing slash',
    entry: { auth: { auth_url: 'O/identity/v3/' } },
  },
  {
    name: 'Keystone at the root',
    keystone: '',
    entry: { auth: { auth_url: 'O' } },
  },
  {
    name: 'Keystone by its version 2',
    entry: { auth: { auth_url: 'O/identity/v2.0' } },
    client:
      'Could not find versioned identity endpoints when attempting to authenticate. Please check that your auth_url is correct. Unrecognized schema in response body. (HTTP 404)',
    because: 'Version 3 is all that is left of Keystone, so that nothing else can be meant.',
  },
  {
    name: 'Keystone where nobody is',
    entry: { auth: { auth_url: 'O/nowhere/v3' } },
    run: 'O/nowhere/v3/auth/tokens answered 404 to the sign-in of member',
    client:
      'Could not find versioned identity endpoints when attempting to authenticate. Please check that your auth_url is correct. Unrecognized schema in response body. (HTTP 404)',
  },
  // Odd forms.
  {
    name: 'interfaces in their older spelling in the catalogue',
    catalog: [identity, nova('/compute/v2.1', 'north', 'publicURL'), cinder('/volume/v3/P', 'north', 'publicURL')],
    run: 'The catalogue of cloud demo has no compute endpoint in region north at interface public: it has interface publicURL.',
    client:
      "Service 'compute' is disabled because its configuration could not be loaded. The service is not present in the service catalog: public endpoint for compute service in north region not found",
  },
  {
    name: 'double slashes in the endpoints',
    catalog: [identity, nova('//compute//v2.1'), cinder('/volume/v3/P//')],
    run: 'servers O//compute//v2.1 volumes O/volume/v3/p1',
  },
  {
    name: 'an endpoint of servers that ends with a blank',
    catalog: [identity, nova('/compute/v2.1 '), cinder()],
    run: 'The catalogue has the compute endpoint at O/compute/v2.1 , which contains a blank.',
    client: 'servers O/compute/v2.1%20 volumes O/volume/v3/p1',
    because: 'The client asks for a path that ends with a blank.',
  },
  {
    name: 'a scheme in capital letters',
    keystone: '/identity',
    entry: { auth: { auth_url: 'HTTP://O/identity/v3' } },
  },
  {
    name: 'user and password in the endpoint of servers',
    catalog: [identity, nova('http://eve:secret@127.0.0.1:9/compute/v2.1'), cinder()],
    run: 'The catalogue has the compute endpoint at http://…@127.0.0.1:9/compute/v2.1, which contains a user name or a password',
    client:
      "Servers nowhere volumes O/volume/v3/p1: Unable to establish connection to http://eve:secret@127.0.0.1:9/compute/v2.1/flavors/detail: HTTPConnectionPool(host='127.0.0.1', port=9): Max retries exceeded with url: /compute/v2.1/flavors/detail?is_public=True (Caused by NewConnectionError(\"HTTPConnection(host='127.0.0.1', port=9): Failed to establish a new connection: [Errno 111] Connection refused\"))",
  },
  {
    name: 'an endpoint by the IPv6 form of its address',
    catalog: [identity, nova('6/compute/v2.1'), cinder()],
  },
  {
    name: 'an endpoint that is a path',
    catalog: [identity, nova('-/compute/v2.1'), cinder()],
    run: 'The catalogue has the compute endpoint at /compute/v2.1, which is not a URL.',
    client: 'Servers nowhere volumes O/volume/v3/p1: Could not find requested endpoint in Service Catalog.',
  },
  {
    name: 'an endpoint with a fragment',
    catalog: [identity, nova('/compute/v2.1#x'), cinder()],
    run: 'The catalogue has the compute endpoint at O/compute/v2.1#x, which contains a query or a fragment.',
    client: "Servers nowhere volumes O/volume/v3/p1: 'flavors'",
  },
  {
    name: 'a placeholder in the endpoint of volumes that nobody has filled',
    catalog: [identity, nova(), cinder('/volume/v3/$(project_id)s')],
    client: 'servers O/compute/v2.1 volumes O/volume/v3/$(project_id)s',
    because: 'The client asks for a path with the placeholder in it.',
  },
  {
    name: 'the version alone in capital letters',
    catalog: [identity, nova('/compute/V2.1'), cinder()],
    run: 'servers O/compute/V2.1/v2.1 volumes O/volume/v3/p1',
  },
  {
    name: 'an override without its version',
    entry: { compute_endpoint_override: 'O/compute' },
  },
  {
    name: 'an override of volumes by the type in the catalogue',
    entry: { volumev3_endpoint_override: 'O/mine/volume/v3/p1' },
    run: 'servers O/compute/v2.1 volumes O/mine/volume/v3/p1',
  },
  {
    name: 'a region with a blank',
    entry: { region_name: 'north east' },
    catalog: [
      ['identity', 'public', 'north east', '/identity/v3'],
      nova('/compute/v2.1', 'north east'),
      cinder('/volume/v3/P', 'north east'),
    ],
  },
  {
    name: 'regions that differ by their letters only',
    catalog: [identity, nova('/south/compute/v2.1', 'North'), nova(), cinder('/south/volume/v3/P', 'North'), cinder()],
  },
  {
    name: 'endpoints without a region',
    entry: { region_name: null },
    catalog: [['identity', 'public', '', '/identity/v3'], nova('/compute/v2.1', ''), cinder('/volume/v3/P', '')],
  },
  {
    name: 'endpoints without a region, and a region named',
    catalog: [['identity', 'public', '', '/identity/v3'], nova('/compute/v2.1', ''), cinder('/volume/v3/P', '')],
    run: 'The catalogue of cloud demo has no compute endpoint in region north: none of its compute endpoints names a region. Leave the region out, or set compute_endpoint_override.',
    client:
      "Service 'compute' is disabled because its configuration could not be loaded. The service is not present in the service catalog: public endpoint for compute service in north region not found",
  },
  {
    name: 'a second service of the same type for another interface',
    catalog: [identity, nova('/internal/compute/v2.1', 'north', 'internal'), cinder(), nova()],
  },
  {
    name: 'Keystone with two slashes',
    entry: { auth: { auth_url: 'O/identity//v3' } },
    client: noKeystone,
    because: 'Doubled slashes are left out of the URL of Keystone.',
  },
  {
    name: 'Keystone with a query',
    entry: { auth: { auth_url: 'O/identity/v3?x=1' } },
  },
  {
    name: 'Keystone by the path of its tokens',
    entry: { auth: { auth_url: 'O/identity/v3/auth/tokens' } },
    client: noKeystone,
    because: 'What follows the version in the URL of Keystone is left out.',
  },
];

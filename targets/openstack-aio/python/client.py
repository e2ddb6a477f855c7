"""A minimal HTTP client for bootstrap.py."""

import os
import time

import requests

ADMIN_PASSWORD = os.environ['AIO_ADMIN_PASSWORD']
DEMO_PASSWORD = os.environ['AIO_DEMO_PASSWORD']
SERVICE_PASSWORD = os.environ['AIO_SERVICE_PASSWORD']


def base(service):
    return 'http://127.0.0.1:' + os.environ[f'AIO_{service.upper()}_PORT']


URLS = {
    'identity': base('keystone') + '/v3',
    'compute': base('nova') + '/v2.1',
    'volume': base('cinder') + '/v3',
    'image': base('glance'),
    'network': base('neutron'),
    'placement': base('placement'),
}


class Cloud:
    """Requests with the token of one user in one project."""

    def __init__(self, user, password, project):
        response = requests.post(URLS['identity'] + '/auth/tokens', json={'auth': {
            'identity': {'methods': ['password'], 'password': {'user': {
                'name': user, 'password': password, 'domain': {'id': 'default'}}}},
            'scope': {'project': {'name': project, 'domain': {'id': 'default'}}},
        }})
        response.raise_for_status()
        self.token = response.headers['X-Subject-Token']
        self.project_id = response.json()['token']['project']['id']

    def raw(self, method, service, path, body=None, version=None, headers=None, **rest):
        sent = {'X-Auth-Token': self.token}
        if service == 'volume':
            path = f'/{self.project_id}{path}'
        if version:
            name = {'compute': 'compute', 'volume': 'volume'}[service]
            sent['OpenStack-API-Version'] = f'{name} {version}'
        sent.update(headers or {})
        sent = {k: v for k, v in sent.items() if v is not None}
        return requests.request(method, URLS[service] + path, json=body, headers=sent, **rest)

    def call(self, method, service, path, body=None, **rest):
        response = self.raw(method, service, path, body, **rest)
        if not response.ok:
            raise SystemExit(f'{method} {response.url}: {response.status_code} {response.text}')
        return response.json() if response.content else None


def admin():
    return Cloud('admin', ADMIN_PASSWORD, 'admin')


def until(what, check, limit=90, pause=0.3):
    """Wait until check() returns a true value, and return that."""
    end = time.monotonic() + limit
    while True:
        found = check()
        if found:
            return found
        if time.monotonic() > end:
            raise SystemExit(f'Waited {limit} s for {what} without success.')
        time.sleep(pause)

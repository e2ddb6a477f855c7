/**
 * Which hosts `NO_PROXY` excepts from proxies, in the forms that the openstack client, curl and Go understand: names
 * with their subdomains (a leading `.` or `*.` makes no difference), addresses, networks as prefixes (`10.0.0.0/8`),
 * each name or address with or without a port, IPv6 with or without brackets, and `*` for every host.
 */
import { BlockList, isIP } from 'node:net';

/** Returns whether a URL is reached without a proxy, for the value of the variable. */
export function exceptions(noProxy: string): (url: URL) => boolean {
  const rules = noProxy
    .split(/[\s,]+/)
    .filter((text) => text !== '')
    .map(ruleOf);
  return (url) => {
    const host = bare(url.hostname).replace(/\.$/, '');
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    return rules.some((rule) => rule(host, port));
  };
}

type Rule = (host: string, port: string) => boolean;

function ruleOf(text: string): Rule {
  if (text === '*') return () => true;
  const network = networkOf(text);
  if (network) return (host) => isIP(host) !== 0 && network.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');
  const { name, port } = withPort(text.toLowerCase());
  const wanted = name.replace(/^\*?\.+/, '').replace(/\.$/, '');
  // Addresses are compared as the URL parser writes them: `::1` and `0:0:0:0:0:0:0:1` are equal.
  const address = isIP(wanted) === 6 ? bare(new URL(`http://[${wanted}]`).hostname) : wanted;
  return (host, asked) =>
    (port === undefined || port === asked) &&
    (host === address || (isIP(address) === 0 && host.endsWith(`.${address}`)));
}

/** `10.0.0.0/8`, `fd00::/8`; undefined for anything else. */
function networkOf(text: string): BlockList | undefined {
  const [, address = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const family = isIP(bare(address));
  if (family === 0 || Number(bits) > (family === 6 ? 128 : 32)) return undefined;
  const network = new BlockList();
  network.addSubnet(bare(address), Number(bits), family === 6 ? 'ipv6' : 'ipv4');
  return network;
}

/** An IPv6 address with a port has brackets. */
function withPort(text: string): { readonly name: string; readonly port: string | undefined } {
  if (isIP(text) === 6) return { name: text, port: undefined };
  const [, name = text, port] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
  return { name: bare(name), port };
}

function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

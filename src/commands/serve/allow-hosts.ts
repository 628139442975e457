/** --allow-host: the addresses and networks that may call. */

import { BlockList, isIP } from 'node:net';
import { UsageError } from '../../errors.ts';

/** Whether an address may call; undefined where everybody may. @throws UsageError for what is no address or network */
export function allowedAddresses(hosts: readonly string[] | undefined): ((address: string) => boolean) | undefined {
  if (hosts === undefined || hosts.length === 0) return undefined;
  const list = new BlockList();
  for (const host of hosts) add(list, host);
  return (address) => {
    const family = familyOf(withoutZone(address));
    return family !== undefined && list.check(withoutZone(address), family);
  };
}

function add(list: BlockList, host: string): void {
  const [, address = '', prefix] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(host) ?? [];
  const family = familyOf(address);
  const longest = family === 'ipv6' ? 128 : 32;
  if (family === undefined || Number(prefix ?? 0) > longest) {
    throw new UsageError(`--allow-host: "${host}" is no address or network`, {
      hint: 'write an address such as 10.1.2.3 or a network such as 10.1.0.0/16',
    });
  }
  if (prefix === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(prefix), family);
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address);
  return version === 0 ? undefined : version === 4 ? 'ipv4' : 'ipv6';
}

/** fe80::1%eth0: which cable a link-local address came by. */
function withoutZone(address: string): string {
  return address.replace(/%.*$/, '');
}

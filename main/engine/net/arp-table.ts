import { readFile } from 'node:fs/promises';

/** Hardware address that this computer knows for an IPv4 address on an interface; undefined where it knows none. */
export async function neighbourMac(address: string, interfaceName: string): Promise<string | undefined> {
  return neighboursInTable(await readFile('/proc/net/arp', 'utf8').catch(() => ''), interfaceName).get(address);
}

/** Pure: MACs by address, out of the text of /proc/net/arp. Entries that were not answered have zeros. */
export function neighboursInTable(table: string, interfaceName: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of table.split('\n').slice(1)) {
    const [ip, , , mac, , device] = line.trim().split(/\s+/);
    if (ip !== undefined && mac !== undefined && device === interfaceName && mac !== '00:00:00:00:00:00') {
      found.set(ip, mac);
    }
  }
  return found;
}

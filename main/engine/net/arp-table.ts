import { readFile } from 'node:fs/promises';

/** Hardware address that this computer knows for an IPv4 address on an interface; undefined where it knows none. */
export async function neighbourMac(address: string, interfaceName: string): Promise<string | undefined> {
  return macInTable(await readFile('/proc/net/arp', 'utf8').catch(() => ''), address, interfaceName);
}

/** Pure: out of the text of /proc/net/arp. Entries that were not answered have zeros. */
export function macInTable(table: string, address: string, interfaceName: string): string | undefined {
  for (const line of table.split('\n').slice(1)) {
    const [ip, , , mac, , device] = line.trim().split(/\s+/);
    if (ip === address && device === interfaceName && mac !== '00:00:00:00:00:00') return mac;
  }
  return undefined;
}

import { readFile, readdir, readlink } from 'node:fs/promises';

/**
 * Names the program that holds a local port, such as "dnsmasq (process 812)", from /proc; undefined where it cannot be told
 * (another user's program when not root, or not Linux).
 */
export async function portOwner(protocol: 'UDP' | 'TCP', port: number): Promise<string | undefined> {
  const inodes = await socketInodes(protocol, port).catch(() => new Set<string>());
  if (inodes.size === 0) return undefined;
  for (const processId of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(processId) || Number(processId) === process.pid) continue;
    if (!(await holdsSocket(processId, inodes))) continue;
    const name = await readFile(`/proc/${processId}/comm`, 'utf8').catch(() => 'a program');
    return `${name.trim()} (process ${processId})`;
  }
  return undefined;
}

async function socketInodes(protocol: 'UDP' | 'TCP', port: number): Promise<Set<string>> {
  const inodes = new Set<string>();
  for (const table of [protocol.toLowerCase(), `${protocol.toLowerCase()}6`]) {
    const text = await readFile(`/proc/net/${table}`, 'utf8').catch(() => '');
    for (const inode of inodesOnPort(text, port, protocol)) inodes.add(inode);
  }
  return inodes;
}

const TCP_LISTEN = '0A';

/** Pure: inodes of the sockets on a local port, out of the text of /proc/net/udp or /proc/net/tcp. */
export function inodesOnPort(table: string, port: number, protocol: 'UDP' | 'TCP'): string[] {
  const portHex = port.toString(16).toUpperCase().padStart(4, '0');
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${portHex}`) === true)
    .filter((fields) => protocol === 'UDP' || fields[3] === TCP_LISTEN)
    .flatMap((fields) => (fields[9] === undefined || fields[9] === '0' ? [] : [fields[9]]));
}

async function holdsSocket(processId: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${processId}/fd`;
  for (const fd of await readdir(folder).catch(() => [])) {
    const target = await readlink(`${folder}/${fd}`).catch(() => '');
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    if (inode !== undefined && inodes.has(inode)) return true;
  }
  return false;
}

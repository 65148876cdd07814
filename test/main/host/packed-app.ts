import { readFileSync } from 'node:fs';

/** What a packed app is made of, read back byte by byte: nothing of the program that packed it is asked. */

interface AsarNode {
  readonly files?: Readonly<Record<string, AsarNode>>;
  readonly offset?: string;
  readonly size?: number;
  readonly unpacked?: boolean;
}

/** Files of an asar archive by path; undefined for what lies unpacked beside it. */
export function readAsar(path: string): Map<string, Buffer | undefined> {
  const bytes = readFileSync(path);
  // Two pickles: the size of the header, and the header, which is JSON.
  const headerBytes = bytes.readUInt32LE(4);
  const root = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as AsarNode;
  const start = 8 + headerBytes;
  const files = new Map<string, Buffer | undefined>();
  const walk = (node: AsarNode, path: string): void => {
    for (const [name, child] of Object.entries(node.files ?? {})) walk(child, path === '' ? name : `${path}/${name}`);
    if (node.files !== undefined) return;
    const from = start + Number(node.offset);
    files.set(path, node.unpacked === true ? undefined : bytes.subarray(from, from + (node.size ?? 0)));
  };
  walk(root, '');
  return files;
}

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** In the order of their places in the binary (Electron's documentation of fuses). */
const fuses = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'asarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'browserProcessSnapshot',
  'fileProtocolExtraPrivileges',
] as const;

/** The part of an Electron binary that packing changes, with every fuse the other way round than this app wants it. */
export const unfusedBinary = (): Buffer =>
  Buffer.concat([Buffer.from(`stub${SENTINEL}`), Buffer.of(1, fuses.length), Buffer.from('10110001')]);

export function readFuses(path: string): Record<string, boolean> {
  const bytes = readFileSync(path);
  const start = bytes.indexOf(SENTINEL) + SENTINEL.length + 2;
  return Object.fromEntries(fuses.map((name, index) => [name, bytes[start + index] === 0x31]));
}

import { readFile } from 'node:fs/promises';
import type { ApprovalPolicy } from '../../contract/session.ts';
import { installedFile } from '../installed-files.ts';

/**
 * Who made a network card, by the prefix of its MAC (IEEE registries, through the package `oui-data`).
 *
 * The table is 5 MB of JSON of which a bench needs a handful of lines: its text is searched and not parsed, then dropped.
 */

/** Adapters of virtual machines use locally administered prefixes that no registry lists. */
const virtualPrefixes: Readonly<Record<string, string>> = { '525400': 'QEMU virtual machine', '0242ac': 'container' };

const PREFIX_LENGTHS = [9, 7, 6];

/** Pure: the vendor's name out of the table's text; undefined where the prefix is not registered. */
export function vendorInTable(mac: string, table: string): string | undefined {
  const digits = mac.replaceAll(/[^0-9a-f]/gi, '').toUpperCase();
  const known = virtualPrefixes[digits.slice(0, 6).toLowerCase()];
  if (known !== undefined) return known;
  for (const length of PREFIX_LENGTHS) {
    const key = `"${digits.slice(0, length)}": "`;
    const start = table.indexOf(key);
    if (start === -1) continue;
    const end = table.indexOf('"', start + key.length);
    const name = table.slice(start + key.length, end).split(/\\n/)[0] ?? '';
    return name.trim() === '' ? undefined : shortName(name.trim());
  }
  return undefined;
}

/** "Dell Inc." is Dell: legal forms say nothing on a bench. */
function shortName(name: string): string {
  return (
    name
      .replace(/[,.]?\s+(inc|corp|corporation|co|ltd|limited|llc|gmbh|ag|s\.?a|b\.?v|technologies)\b\.?/gi, '')
      .trim() || name
  );
}

/** A lookup that reads the table once for each batch of new cards, and remembers what it found. */
export function createVendorLookup(): (mac: string) => Promise<string | undefined> {
  const remembered = new Map<string, string | undefined>();
  let table: Promise<string> | undefined;
  return async (mac) => {
    if (remembered.has(mac)) return remembered.get(mac);
    table ??= readTable().finally(() => {
      setTimeout(() => (table = undefined), 5_000).unref();
    });
    const vendor = vendorInTable(mac, await table);
    if (remembered.size > 4096) remembered.clear();
    remembered.set(mac, vendor);
    return vendor;
  };
}

/** For rules that name makers, at once for any MAC; where no rule does, nobody is asked. */
export async function vendorsForRules(policy: ApprovalPolicy): Promise<(mac: string) => string | undefined> {
  if (policy.kind !== 'rules' || policy.vendors.length === 0) return () => undefined;
  const table = await readTable();
  const remembered = new Map<string, string | undefined>();
  return (mac) => {
    if (!remembered.has(mac)) {
      if (remembered.size > 4096) remembered.clear();
      remembered.set(mac, vendorInTable(mac, table));
    }
    return remembered.get(mac);
  };
}

function readTable(): Promise<string> {
  // Bundled, it lies beside the other assets; a build copies it there.
  const path = installedFile('assets/oui-data.json', 'node_modules/oui-data/index.json');
  return readFile(path, 'utf8').catch(() => '');
}

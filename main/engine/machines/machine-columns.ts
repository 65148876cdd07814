/** Which column of a machine list means what. Pure. */

export type KnownColumn = 'mac' | 'serial' | 'uuid' | 'name' | 'hostName' | 'address';

export interface Column {
  readonly heading: string;
  /** What the station does with it; undefined for a column of the person's own. */
  readonly known: KnownColumn | undefined;
  /** Name of the value that its cells are kept as. */
  readonly name: string;
}

export interface Columns {
  /** In the order of the cells; undefined where a column has no heading, or one that was there before. */
  readonly byIndex: readonly (Column | undefined)[];
  readonly problems: readonly string[];
}

/** As inventories of all kinds call them, without spaces, punctuation and case. */
const synonyms: Readonly<Record<KnownColumn, readonly string[]>> = {
  mac: ['mac', 'macaddress', 'macaddr', 'hwaddr', 'hwaddress', 'hardwareaddress', 'ethernet', 'ethernetaddress', 'nic'],
  serial: ['serial', 'serialnumber', 'serialno', 'serialnr', 'sn', 'servicetag', 'systemserial', 'systemserialnumber'],
  uuid: ['uuid', 'guid', 'systemuuid', 'smbiosuuid', 'machineuuid', 'biosuuid'],
  name: ['name', 'label', 'machine', 'machinename', 'displayname', 'device', 'devicename'],
  hostName: ['hostname', 'host', 'computername', 'computer', 'pcname', 'dnsname'],
  address: ['address', 'ip', 'ipaddress', 'ipaddr', 'ipv4', 'ipv4address', 'fixedaddress', 'reservedaddress'],
};

const knownByPlainHeading: ReadonlyMap<string, KnownColumn> = new Map(
  (Object.entries(synonyms) as [KnownColumn, readonly string[]][]).flatMap(([known, names]) =>
    names.map((name) => [name, known] as const),
  ),
);

export function readColumns(headings: readonly string[]): Columns {
  const taken = new Set<string>();
  const problems: string[] = [];
  const byIndex = headings.map((heading) => {
    const plain = heading.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
    if (plain === '') return undefined;
    // A machine with two adapters has two columns: "MAC 1" and "MAC 2", "LAN MAC" and "Wi-Fi MAC".
    const isMac = /^mac(address)?\d{0,2}$|^(lan|wired|wifi|wlan|ethernet|eth\d|dock)mac(address)?$/.test(plain);
    const known = isMac ? 'mac' : knownByPlainHeading.get(plain);
    const name = known ?? valueName(heading, plain);
    if (known !== 'mac' && taken.has(name)) {
      problems.push(`the column "${heading.slice(0, 60)}" is there twice; the first one counts`);
      return undefined;
    }
    taken.add(name);
    return { heading, known, name };
  });
  return { byIndex, problems };
}

/** "Asset tag (old)" as `asset_tag_old`: letters, digits and underscores, as variables are named. */
function valueName(heading: string, plain: string): string {
  const name = heading
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 64);
  // Headings in other scripts are their own names.
  return name === '' ? plain.slice(0, 64) : name;
}

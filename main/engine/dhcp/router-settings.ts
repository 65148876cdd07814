import type { Firmware } from '../../contract/firmware.ts';
import type { RouterSettings } from '../../contract/session.ts';

export interface StationPlaces {
  readonly address: string;
  /** "http://192.168.77.1" */
  readonly baseUrl: string;
  /** First loader for a firmware; undefined where there is none. */
  readonly loaderFor: (firmware: Firmware) => string | undefined;
}

/** A firmware, the codes of option 93 that say so, and what it is called on a router's page. */
interface Kind {
  readonly tag: string;
  readonly name: string;
  readonly codes: readonly number[];
  readonly httpCodes: readonly number[];
  readonly loader: string;
}

/**
 * What the DHCP server of a network has to say where a machine's firmware does not listen to a ProxyDHCP server beside it: as lines of
 * the two servers that most networks run, and as what any router's page asks for. Pure.
 */
export function routerSettings(station: StationPlaces): RouterSettings[] {
  const kinds = kindsOf(station);
  return [
    { server: 'dnsmasq', text: dnsmasqLines(station, kinds).join('\n') },
    { server: 'dhcpd', text: dhcpdLines(station, kinds).join('\n') },
    { server: 'router', text: routerLines(station, kinds).join('\n') },
  ];
}

function kindsOf({ loaderFor }: StationPlaces): Kind[] {
  const all: readonly (Omit<Kind, 'loader'> & { firmware: Firmware })[] = [
    { firmware: 'uefi-x64', tag: 'uefi', name: 'UEFI, x64', codes: [7, 9], httpCodes: [16, 17] },
    { firmware: 'uefi-arm64', tag: 'arm64', name: 'UEFI, 64-bit Arm', codes: [11], httpCodes: [19] },
    { firmware: 'bios', tag: 'bios', name: 'BIOS', codes: [0], httpCodes: [] },
  ];
  return all.flatMap(({ firmware, ...kind }) => {
    const loader = loaderFor(firmware);
    return loader === undefined ? [] : [{ ...kind, loader }];
  });
}

function dnsmasqLines({ address, baseUrl }: StationPlaces, kinds: readonly Kind[]): string[] {
  const match = (tag: string, codes: readonly number[]): string[] =>
    codes.map((code) => `dhcp-match=set:${tag},option:client-arch,${code}`);
  return [
    '# dnsmasq.conf',
    'dhcp-userclass=set:ipxe,iPXE',
    ...kinds.flatMap(({ tag, codes, httpCodes }) => [...match(tag, codes), ...match(`${tag}-http`, httpCodes)]),
    ...kinds.map(({ tag, loader }) => `dhcp-boot=tag:${tag},tag:!ipxe,${loader},,${address}`),
    ...kinds
      .filter(({ httpCodes }) => httpCodes.length > 0)
      .flatMap(({ tag, loader }) => [
        `dhcp-boot=tag:${tag}-http,${baseUrl}/${loader}`,
        `dhcp-option-force=tag:${tag}-http,option:vendor-class,HTTPClient`,
      ]),
    `dhcp-boot=tag:ipxe,${baseUrl}/boot.ipxe,,${address}`,
  ];
}

function dhcpdLines({ address, baseUrl }: StationPlaces, kinds: readonly Kind[]): string[] {
  const is = (codes: readonly number[]): string =>
    codes.map((code) => `option client-architecture = 00:${code.toString(16).padStart(2, '0')}`).join(' or ');
  const branches = kinds.flatMap(({ codes, httpCodes, loader }) => [
    `} elsif ${is(codes)} {`,
    `  filename "${loader}";`,
    ...(httpCodes.length === 0
      ? []
      : [
          `} elsif ${is(httpCodes)} {`,
          '  option vendor-class-identifier "HTTPClient";',
          `  filename "${baseUrl}/${loader}";`,
        ]),
  ]);
  return [
    '# dhcpd.conf',
    'option client-architecture code 93 = unsigned integer 16;',
    `next-server ${address};`,
    'if exists user-class and option user-class = "iPXE" {',
    `  filename "${baseUrl}/boot.ipxe";`,
    ...branches,
    '}',
  ];
}

function routerLines({ address }: StationPlaces, kinds: readonly Kind[]): string[] {
  return [
    `Next server (siaddr): ${address}`,
    `Option 66, TFTP server name: ${address}`,
    ...kinds.map(({ name, loader }) => `Option 67, boot file name (${name}): ${loader}`),
  ];
}

import type { BootVariant, Entry } from '../../contract/image.ts';
import { bigText } from './big-text.ts';
import { grubQuote, grubVariantLines } from './grub-script.ts';
import type { SessionMenu } from './menu.ts';
import type { LocalDiskPlan } from './plan.ts';
import { plainLine } from './script-text.ts';
import { ASK_AGAIN_SECONDS, WAITING_TITLE } from './wait-text.ts';

/**
 * What GRUB does in a session. Its first script says who the machine is, fetches what it is to do and does that, over and over: what
 * it fetches comes back when the machine has to wait or its boot failed. `source` instead of `configfile`, which would nest deeper with
 * every asking.
 */

/** SMBIOS (DSP0134): name in the query, type of the structure, offset of the string in it. */
const strings = [
  { name: 'serial', type: 1, offset: 7 },
  { name: 'manufacturer', type: 1, offset: 4 },
  { name: 'product', type: 1, offset: 5 },
  { name: 'asset', type: 3, offset: 8 },
] as const;

/** Where GRUB asks, over HTTP with all it knows, else over TFTP with its MAC. */
export const GRUB_MACHINE_SCRIPT = 'grub/machine.cfg';
export const grubTftpMachineScript = (mac: string): string => `grub/machine/${mac}.cfg`;

export function grubIdentifyScript(baseUrl: string): string {
  const { host, hostname } = new URL(baseUrl);
  return lines([
    // GRUB writes a path into its request as it is: whatever may not stand there becomes a `+`, which a query reads as a space.
    'function plain {',
    '  set plain="$1"',
    '  while regexp --set=1:before --set=2:after \'^([A-Za-z0-9._+-]*)[^A-Za-z0-9._+-](.*)$\' "$plain"; do',
    '    set plain="$before+$after"',
    '  done',
    // Also where this build has no `regexp`.
    "  if regexp '^[A-Za-z0-9._+-]*$' \"$plain\"; then true; else set plain=''; fi",
    '}',
    'set facts="mac=$net_default_mac&platform=$grub_platform&arch=$grub_cpu&version=$grub_version"',
    'if smbios --type 1 --get-uuid 8 --set uuid; then set facts="$facts&uuid=$uuid"; fi',
    ...strings.flatMap(({ name, type, offset }) => [
      `if smbios --type ${type} --get-string ${offset} --set ${name}; then`,
      `  plain "$${name}"`,
      `  set facts="$facts&${name}=$plain"`,
      'fi',
    ]),
    // A fact that the firmware does not have is an error to GRUB, and nothing to a person.
    'clear',
    "set state=''",
    'while true; do',
    "  set answered=''",
    `  source "(http,${host})/${GRUB_MACHINE_SCRIPT}?$facts$state"`,
    '  if [ -z "$answered" ]; then',
    `    source "(tftp,${hostname})/${grubTftpMachineScript('$net_default_mac')}"`,
    '  fi',
    '  if [ -z "$answered" ]; then',
    "    echo 'The station did not answer, trying again'",
    '  fi',
    `  sleep ${ASK_AGAIN_SECONDS}`,
    'done',
  ]);
}

/** Starts the entry at once; where that fails the station is told at the next asking, and decides anew. */
export function grubBootScript(menu: SessionMenu, entry: Entry, variant: BootVariant): string {
  const { baseUrl, mac } = menu;
  const { host, hostname } = new URL(baseUrl);
  const load = grubVariantLines(menu, variant, {
    files: grubQuote(`(http,${host})`),
    http: baseUrl,
    ip: hostname,
    mac,
    'mac-': mac.replaceAll(':', '-'),
  });
  return answer([
    "set state=''",
    `echo ${grubQuote(plainLine(`${menu.title}: ${entry.title}`))}`,
    // GRUB knows no `&&`.
    ...load.map((line) => `if ${line}; then`),
    'boot',
    ...load.map(() => 'fi'),
    "set state='&failure=1'",
    "echo 'Booting failed, asking the station again'",
    'sleep 5',
  ]);
}

export function grubWaitScript(code: string): string {
  return answer([
    `set state='&waited=${code}'`,
    'clear',
    `echo '${WAITING_TITLE} Code: ${code}'`,
    "echo ''",
    ...bigText(code).map((row) => `echo '${row}'`),
  ]);
}

/** For a machine that asks again and still has to wait: what it shows stays as it is. */
export const grubStillWaitsScript = (): string => answer([]);

// EDK2 opens its own menu after a boot option that ends well: it goes on with the next one only after a failure.
const EXIT = 'exit 1';

/** The script of a machine that gets nothing from this session. */
export const grubNothingScript = (reason: string): string =>
  answer([`echo ${grubQuote(plainLine(reason))}`, 'sleep 3', EXIT]);

/** Loaders of systems on disks, those first that a system was installed with; GRUB fills in disks and folders itself. */
const diskLoaders = [
  '(hd*,*)/EFI/Microsoft/Boot/bootmgfw.efi',
  '(hd*,*)/EFI/*/shimx64.efi',
  '(hd*,*)/EFI/*/shimaa64.efi',
  '(hd*,*)/EFI/*/grubx64.efi',
  '(hd*,*)/EFI/*/grubaa64.efi',
  '(hd*,*)/EFI/BOOT/BOOTX64.EFI',
  '(hd*,*)/EFI/BOOT/BOOTAA64.EFI',
];

export function grubLocalDiskScript({ method, reason }: LocalDiskPlan): string {
  const chain = [
    `for loader in ${diskLoaders.join(' ')}; do`,
    '  if [ -f "$loader" ]; then',
    '    if chainloader "$loader"; then boot; fi',
    '  fi',
    'done',
  ];
  const say = [`echo ${grubQuote(plainLine(reason))}`, 'sleep 3'];
  return answer([...say, ...(method === 'loader-starts-disk' ? chain : []), EXIT]);
}

const answer = (all: readonly string[]): string => lines(['set answered=y', ...all]);
const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;

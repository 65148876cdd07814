import type { Firmware } from '../../contract/firmware.ts';
import type { BootVariant, Entry } from '../../contract/image.ts';
import { commandLineWords, type PlaceholderValues } from './command-line.ts';
import type { Diagnostic } from './diagnostics.ts';
import { defaultEntry, LOCAL_DISK_TITLE, type Menu } from './menu.ts';
import { plainLine } from './script-text.ts';

/** GRUB 2 configuration, read by a netbooted GRUB as `grub/grub.cfg` below its prefix. */

const grubNames: Partial<Record<Firmware, string>> = {
  bios: 'i386-pc',
  'uefi-x64': 'x86_64-efi',
  'uefi-ia32': 'i386-efi',
  'uefi-arm64': 'arm64-efi',
};

export function grubScript(menu: Menu): string {
  const lines = [
    `# ${plainLine(menu.title)}`,
    `set timeout=${menu.timeoutSeconds ?? 0}`,
    `set default=${grubQuote(defaultEntry(menu)?.id ?? 'local-disk')}`,
    // Where the menu came from is not always $root (a shim of Debian leaves it empty), so the server is named.
    `set station=${menu.baseUrl === undefined ? '"$net_default_server"' : grubQuote(new URL(menu.baseUrl).host)}`,
    `set files=${menu.baseUrl === undefined ? '"(tftp,$station)"' : '"(http,$station)"'}`,
    'set machine="$grub_cpu-$grub_platform"',
  ];
  for (const entry of menu.entries) lines.push('', ...entryLines(menu, entry));
  for (const diagnostic of menu.diagnostics ?? []) lines.push('', ...diagnosticLines(diagnostic));
  lines.push('', `menuentry ${grubQuote(LOCAL_DISK_TITLE)} --id 'local-disk' {`, '  exit 1', '}');
  return `${lines.join('\n')}\n`;
}

function entryLines(menu: Menu, entry: Entry): string[] {
  const branches = entry.variants.filter(canStart).flatMap((variant) => {
    const names = variant.firmware.flatMap((firmware) => grubNames[firmware] ?? []);
    return names.map((name) => [`if [ "$machine" = ${grubQuote(name)} ]; then`, ...variantLines(menu, variant)]);
  });
  const body = branches.flatMap((lines, index) => (index === 0 ? lines : [`el${lines[0]}`, ...lines.slice(1)]));
  const otherwise = `echo ${grubQuote(`${plainLine(entry.title)} does not boot on this kind of machine.`)}`;
  return [
    `menuentry ${grubQuote(plainLine(entry.title))} --id ${grubQuote(entry.id)} {`,
    ...(body.length === 0
      ? [`  ${otherwise}`]
      : [...body.map((line) => `  ${line}`), '  else', `    ${otherwise}`, '    sleep 5', '  fi']),
    '}',
  ];
}

function diagnosticLines({ id, title, files }: Diagnostic): string[] {
  const branches = Object.entries(files).flatMap(([firmware, file], index) => {
    const machine = grubNames[firmware as Firmware];
    const command = firmware === 'bios' ? 'linux' : 'chainloader';
    return machine === undefined
      ? []
      : [
          `  ${index === 0 ? 'if' : 'elif'} [ "$machine" = '${machine}' ]; then`,
          `    ${command} "$files"${grubQuote(`/${file}`)}`,
        ];
  });
  return [`menuentry ${grubQuote(title)} --id ${grubQuote(id)} {`, ...branches, '  fi', '}'];
}

/** The other methods need iPXE. */
const canStart = ({ method }: BootVariant): boolean => method === 'linux' || method === 'efi';

const variantLines = (menu: Menu, variant: BootVariant): string[] =>
  grubVariantLines(menu, variant, {
    files: '"$files"',
    http: menu.baseUrl ?? 'http://$net_default_server',
    ip: menu.baseUrl === undefined ? '$net_default_server' : new URL(menu.baseUrl).hostname,
    // GRUB knows its MAC only with colons; words that need it with hyphens are left out.
    mac: '$net_default_mac',
  }).map((line) => `  ${line}`);

/** What GRUB is to take for the placeholders of a command line, and where the files are. */
export interface GrubPlaces extends Pick<PlaceholderValues, 'mac' | 'mac-'> {
  /** Device of the files, in GRUB's own words with their quotes. */
  readonly files: string;
  readonly http: string;
  readonly ip: string;
}

/** Loads what a variant starts, without starting it. Only for the methods `linux` and `efi`. */
export function grubVariantLines(menu: Menu, variant: BootVariant, places: GrubPlaces): string[] {
  const { files, ...values } = places;
  const file = (path: string): string => `${files}${grubQuote(plainLine(`/${menu.imageId}/${path}`, 1024))}`;
  const words = commandLineWords(variant.commandLine, {
    ...values,
    iso: menu.imageId,
    port: menu.baseUrl === undefined ? '80' : new URL(menu.baseUrl).port || '80',
  });
  if (variant.method === 'efi') return [['chainloader', file(variant.kernel), ...words.map(grubWord)].join(' ')];
  return [
    ['linux', file(variant.kernel), ...words.map(grubWord)].join(' '),
    ...(variant.initrds.length === 0 ? [] : [['initrd', ...variant.initrds.map(file)].join(' ')]),
  ];
}

export const grubQuote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Quoted where GRUB would read anything into it; our own two variables stay variables. */
function grubWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return word
    .split(/(\$net_default_(?:server|mac)\b)/)
    .filter((part) => part !== '')
    .map((part, index, parts) => (parts.length > 1 && part.startsWith('$net_default_') ? `"${part}"` : grubQuote(part)))
    .join('');
}

import type { Firmware } from '../../contract/firmware.ts';
import type { BootVariant, Entry } from '../../contract/image.ts';
import { commandLineWords } from './command-line.ts';
import { ipxeInventoryFacts } from './ipxe-inventory.ts';
import type { Diagnostic } from './diagnostics.ts';
import { defaultEntry, LOCAL_DISK_TITLE, type Menu } from './menu.ts';
import type { LocalDiskPlan } from './plan.ts';
import { plainLine, urlPath } from './script-text.ts';
import { servedPath, unpackedPath, wimbootName } from './variant-files.ts';

/** iPXE scripts. Syntax: ipxe.org/cmd. */

/** How a running iPXE names its firmware: `${platform}-${buildarch}`. */
const ipxeNames: Partial<Record<Firmware, readonly string[]>> = {
  bios: ['pcbios-i386', 'pcbios-x86_64'],
  'uefi-x64': ['efi-x86_64'],
  'uefi-ia32': ['efi-i386'],
  'uefi-arm64': ['efi-arm64'],
  'uefi-arm32': ['efi-arm32'],
  'uefi-riscv64': ['efi-riscv64'],
  'uefi-loong64': ['efi-loong64'],
};

/** A script with every entry of the menu for every firmware: what a boot tree holds. */
export function ipxeMenuScript(menu: Menu): string {
  const first = defaultEntry(menu);
  const { diagnostics = [] } = menu;
  const lines = ['#!ipxe', `# ${ipxeText(menu.title)}`, 'set machine ${platform}-${buildarch}'];
  if (menu.timeoutSeconds === undefined || menu.entries.length === 0) {
    lines.push(first === undefined ? 'goto failed' : `goto ${first.id}`);
  } else {
    lines.push(
      ':menu',
      `menu ${ipxeText(menu.title)}`,
      ...menu.entries.map((entry) => `item ${entry.id} ${ipxeText(entry.title)}`),
      'item --gap',
      ...diagnostics.map(({ id, title }) => `item ${id} ${title}`),
      `item local-disk ${LOCAL_DISK_TITLE}`,
      `choose --default ${first?.id ?? 'local-disk'} --timeout ${menu.timeoutSeconds * 1000} selected || goto local-disk`,
      'goto ${selected}',
    );
  }
  for (const entry of menu.entries) lines.push('', ...entryLines(menu, entry));
  for (const diagnostic of diagnostics) lines.push('', ...diagnosticLines(menu, diagnostic));
  lines.push('', ...localDiskLines, '', ':failed', 'echo Booting failed (${errno})');
  lines.push(
    menu.timeoutSeconds === undefined ? 'exit 1' : 'prompt --timeout 10000 Press a key for the menu ||',
    'goto menu',
  );
  return finish(menu.timeoutSeconds === undefined ? lines.slice(0, -1) : lines);
}

/** The script of one machine in a session: its entry, at once; a failure is told to the station, which decides anew. */
export function ipxeBootScript(menu: Menu, entry: Entry, variant: BootVariant): string {
  return finish([
    '#!ipxe',
    `# ${ipxeText(menu.title)}: ${ipxeText(entry.title)}`,
    ...variantLines(menu, variant, 'session'),
    ':failed',
    'set failure ${errno}',
    'echo Booting failed (${failure}), asking the station again',
    'sleep 5',
    `chain --replace --autofree ${menu.baseUrl ?? ''}/boot.ipxe?failure=\${failure} || goto failed`,
  ]);
}

/** Where iPXE fetches what its machine is to boot, saying who it is. */
export function ipxeMachineUrl(baseUrl: string): string {
  const facts = [
    'mac=${netX/mac}',
    'uuid=${uuid}',
    'serial=${serial:uristring}',
    'manufacturer=${manufacturer:uristring}',
    'product=${product:uristring}',
    'asset=${asset:uristring}',
    ...ipxeInventoryFacts,
    'platform=${platform}',
    'arch=${buildarch}',
    'version=${version:uristring}',
  ];
  return `${baseUrl}/machine.ipxe?${facts.join('&')}`;
}

/**
 * The first script of a session: says who the machine is and fetches what it is to boot. `--configurator dhcp` because plain `dhcp`
 * also waits for IPv6 routers, which an isolated switch does not have: 13 s.
 */
export function ipxeIdentifyScript(baseUrl: string): string {
  return finish([
    '#!ipxe',
    'isset ${netX/ip} || ifconf --configurator dhcp',
    ':again',
    `chain --replace --autofree ${ipxeMachineUrl(baseUrl)} ||`,
    'echo The station did not answer (${errno}), trying again',
    'sleep 3',
    'goto again',
  ]);
}

/** The script of a machine that gets nothing from this session: it goes on with its own boot order. */
export function ipxeNothingScript(reason: string): string {
  return finish(['#!ipxe', `echo ${ipxeText(reason)}`, 'sleep 3', ...localDiskLines]);
}

/** The script of a machine that is done. */
export function ipxeLocalDiskScript({ method, reason }: LocalDiskPlan): string {
  const how = method === 'loader-exit' ? [EXIT] : localDiskLines;
  return finish(['#!ipxe', `echo ${ipxeText(reason)}`, 'sleep 3', ...how]);
}

// EDK2 opens its own menu after a boot option that ends well: it goes on with the next one only after a failure.
const EXIT = 'exit 1';

// BIOS boots drive 0x80 itself; UEFI goes on in its boot order, since `sanboot` there picks wrong disks.
const localDiskLines = [':local-disk', 'iseq ${platform} pcbios && sanboot --no-describe --drive 0x80 ||', EXIT];

function entryLines(menu: Menu, entry: Entry): string[] {
  const branches = entry.variants.flatMap((variant, index) =>
    variant.firmware
      .flatMap((firmware) => ipxeNames[firmware] ?? [])
      .map((name) => `iseq \${machine} ${name} && goto ${entry.id}.${index} ||`),
  );
  return [
    `:${entry.id}`,
    ...branches,
    `echo ${ipxeText(entry.title)} does not boot on this kind of machine (\${machine})`,
    'goto failed',
    ...entry.variants.flatMap((variant, index) => [`:${entry.id}.${index}`, ...variantLines(menu, variant, 'tree')]),
  ];
}

function diagnosticLines(menu: Menu, { id, files }: Diagnostic): string[] {
  const known = Object.entries(files).flatMap(([firmware, file]) =>
    (ipxeNames[firmware as Firmware] ?? []).map((machine) => ({ machine, file })),
  );
  return [
    `:${id}`,
    'imgfree',
    ...known.map(({ machine, file }) => `iseq \${machine} ${machine} && kernel ${stationUrl(menu, urlPath(file))} ||`),
    'boot || goto failed',
  ];
}

/** `where`: in a session the station adds what is injected to the initial RAM disk itself; a tree must do with what iPXE can. */
function variantLines(menu: Menu, variant: BootVariant, where: 'session' | 'tree'): string[] {
  const url = (path: string): string => stationUrl(menu, urlPath(servedPath(menu.imageId, path)));
  const words = (commandLine: string): string[] => ipxeWords(menu, commandLine);
  const command = (...parts: readonly string[]): string => `${parts.join(' ')} || goto failed`;
  const { method, kernel, initrds, commandLine, hypervisor, injected = [] } = variant;
  switch (method) {
    case 'sanboot':
      return ['imgfree', command('sanboot', '--no-describe', url(kernel))];
    case 'memdisk':
      return [
        'imgfree',
        command('kernel', stationUrl(menu, 'memdisk'), ...words(commandLine)),
        command('initrd', url(kernel)),
        'boot || goto failed',
      ];
    case 'wimboot':
      return [
        'imgfree',
        command('kernel', stationUrl(menu, 'wimboot'), ...words(commandLine)),
        // Named twice: UEFI goes by the name of the image, wimboot on BIOS by the first word of its arguments.
        ...[...initrds, kernel].map((path) => command('initrd', '-n', wimbootName(path), url(path), wimbootName(path))),
        'boot || goto failed',
      ];
    case 'multiboot':
      return [
        'imgfree',
        command('kernel', url(unpackedPath(hypervisor?.path ?? kernel)), ...words(hypervisor?.commandLine ?? '')),
        command('module', url(kernel), ...words(commandLine)),
        ...initrds.map((path) => command('module', url(path))),
        'boot || goto failed',
      ];
    case 'linux':
    case 'efi':
  }
  // On UEFI the kernel finds its initrds only if they are named; initrd.magic is all of them together. On
  // BIOS the kernel takes the word for an address it cannot read, and ignores it.
  const initrdWord = initrds.length > 0 ? ['initrd=initrd.magic'] : [];
  return [
    'imgfree',
    command('kernel', url(kernel), ...initrdWord, ...words(commandLine)),
    ...initrds.map((initrd) => command('initrd', url(initrd))),
    ...(where === 'session' ? [] : injected.map(({ from, to }) => command('initrd', url(from), to))),
    'boot || goto failed',
  ];
}

/** A path at the root of the station; without a known address, relative to the script. */
const stationUrl = ({ baseUrl }: Menu, path: string): string => (baseUrl === undefined ? path : `${baseUrl}/${path}`);

const ipxeWords = ({ baseUrl, imageId }: Menu, commandLine: string): string[] =>
  commandLineWords(commandLine, {
    http: baseUrl ?? 'http://${next-server}',
    iso: urlPath(imageId),
    ip: '${next-server}',
    port: portOf(baseUrl),
    mac: '${netX/mac}',
    'mac-': '${netX/mac:hexhyp}',
  }).map(ipxeWord);

function portOf(baseUrl: string | undefined): string {
  const port = baseUrl === undefined ? '' : new URL(baseUrl).port;
  return port === '' ? '80' : port;
}

/**
 * Words that iPXE would take for its own syntax are taken apart: `||`, `&&` and `;` end a command, `#` starts a comment, and only
 * the settings that we name ourselves may be expanded.
 */
function ipxeWord(word: string): string {
  const safe = word.replace(/\$+\{(?!(next-server|netX\/mac(:hexhyp)?)\})/g, '{');
  return /^(\|\||&&|;)$/.test(safe) || safe.startsWith('#') ? '' : safe;
}

const ipxeText = (text: string): string =>
  plainLine(text)
    .split(' ')
    .map((word) => ipxeWord(word.replace(/\$+\{/g, '{')))
    .filter((word) => word !== '')
    .join(' ');

const finish = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

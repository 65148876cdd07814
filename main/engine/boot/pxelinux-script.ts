import type { BootVariant, Entry } from '../../contract/image.ts';
import { commandLineWords, needsBaseUrl } from './command-line.ts';
import { defaultEntry, LOCAL_DISK_TITLE, type Menu, variantFor } from './menu.ts';
import { plainLine } from './script-text.ts';

/** PXELINUX configuration (`pxelinux.cfg/default`). PXELINUX runs on BIOS only. */
export function pxelinuxScript(menu: Menu): string {
  const lines = [
    `# ${plainLine(menu.title)}`,
    'UI menu.c32',
    'PROMPT 0',
    `MENU TITLE ${plainLine(menu.title)}`,
    // In tenths of a second; 0 would wait for ever.
    `TIMEOUT ${menu.timeoutSeconds === undefined ? 1 : Math.max(1, menu.timeoutSeconds * 10)}`,
    `DEFAULT ${defaultEntry(menu)?.id ?? 'local-disk'}`,
  ];
  for (const entry of menu.entries) lines.push('', ...entryLines(menu, entry));
  for (const { id, title, files } of menu.diagnostics ?? []) {
    // `LINUX`, as PXELINUX takes a file that is called `.bin` for a boot sector.
    if (files.bios !== undefined) lines.push('', `LABEL ${id}`, `  MENU LABEL ${title}`, `  LINUX /${files.bios}`);
  }
  lines.push('', 'LABEL local-disk', `  MENU LABEL ${LOCAL_DISK_TITLE}`, '  LOCALBOOT 0');
  return `${lines.join('\n')}\n`;
}

function entryLines(menu: Menu, entry: Entry): string[] {
  const variant = variantFor(entry, 'bios');
  if (variant === undefined || variant.method !== 'linux') return [`# ${plainLine(entry.title)}: not for BIOS`];
  if (menu.baseUrl === undefined && needsBaseUrl(variant.commandLine)) {
    return [`# ${plainLine(entry.title)}: needs the address of the server; write the tree with a base URL`];
  }
  return pxelinuxVariantLines(menu, entry, variant);
}

/** An entry that a kernel and its initrds make up. */
export function pxelinuxVariantLines(menu: Menu & { mac?: string }, entry: Entry, variant: BootVariant): string[] {
  const { mac } = menu;
  const file = (path: string): string => plainLine(`/${menu.imageId}/${path}`, 1024);
  const url = menu.baseUrl === undefined ? undefined : new URL(menu.baseUrl);
  const words = commandLineWords(variant.commandLine, {
    http: menu.baseUrl,
    iso: menu.imageId,
    ip: url?.hostname,
    port: url === undefined ? undefined : url.port || '80',
    mac,
    'mac-': mac?.replaceAll(':', '-'),
  });
  return [
    `LABEL ${entry.id}`,
    `  MENU LABEL ${plainLine(entry.title)}`,
    `  KERNEL ${file(variant.kernel)}`,
    ...(variant.initrds.length === 0 ? [] : [`  INITRD ${variant.initrds.map(file).join(',')}`]),
    ...(words.length === 0 ? [] : [`  APPEND ${words.join(' ')}`]),
    // Adds BOOTIF=01-aa-bb-…, so that a machine with several cards goes on with the one it booted from.
    '  SYSAPPEND 2',
  ];
}

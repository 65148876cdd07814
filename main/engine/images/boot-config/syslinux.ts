import { configLimits, type ConfigReader } from './config-reader.ts';
import { folderOf, imagePath } from './config-path.ts';
import { maxMenuEntries, type MenuEntry, plainTitle } from './menu-entry.ts';

/** Configuration of isolinux, syslinux and extlinux (syslinux doc/syslinux.txt and doc/menu.txt). */

const maxDepth = 16;
const maxLines = 200_000;
/** Of all files together, those that are included again and again counted each time. */
const maxCharacters = 16 * 1024 * 1024;

/** A label while its lines are read. */
interface Label {
  readonly name: string;
  readonly menus: readonly string[];
  readonly file: string;
  readonly folder: string;
  title?: string;
  kernel?: string;
  isPlainKernel: boolean;
  append?: string;
  initrds: string[];
  isDefault: boolean;
  isHidden: boolean;
  config?: string;
}

interface State {
  readonly reader: ConfigReader;
  readonly labels: Label[];
  readonly seenConfigs: Set<string>;
  readonly menus: string[];
  linesLeft: number;
  charactersLeft: number;
  isInHelpText: boolean;
  label: Label | undefined;
  globalAppend: string;
  defaultLabel: string | undefined;
}

export async function readSyslinuxMenu(path: string, reader: ConfigReader): Promise<MenuEntry[]> {
  const state: State = {
    reader,
    labels: [],
    seenConfigs: new Set(),
    menus: [],
    linesLeft: maxLines,
    charactersLeft: maxCharacters,
    isInHelpText: false,
    label: undefined,
    globalAppend: '',
    defaultLabel: undefined,
  };
  await readConfig(state, path, folderOf(path), []);
  const { defaultLabel } = state;
  await readLinkedConfigs(state);
  const byMenu = state.labels.some((label) => label.isDefault && label.menus.length === 0);
  return state.labels.flatMap((label) => {
    const isDefault = byMenu ? label.isDefault && label.menus.length === 0 : label.name === defaultLabel;
    const entry = toEntry(label, state.globalAppend, isDefault);
    return entry === undefined ? [] : [entry];
  });
}

/**
 * Menus that a label leads to: CONFIG, or a menu module with a file as its argument. Help screens lead back to where they came
 * from, so every file is followed once.
 */
async function readLinkedConfigs(state: State): Promise<void> {
  // The list grows while it is walked: menus may lead to further menus.
  for (const label of state.labels) {
    const link = label.config ?? menuModuleArgument(label);
    if (link === undefined) continue;
    const path = imagePath(link, label.folder);
    if (state.seenConfigs.has(path)) continue;
    // Without a title of its own it is no menu that a person walks through, but a way from one file to the next.
    const menus = label.title === undefined ? label.menus : [...label.menus, label.title];
    state.menus.splice(0, state.menus.length, ...menus);
    state.label = undefined;
    state.isInHelpText = false;
    await readConfig(state, path, label.folder, []);
  }
}

const menuModuleArgument = (label: Label): string | undefined =>
  /(^|\/)(vesa)?menu\.c32$/i.test(label.kernel ?? '')
    ? label.append?.split(/\s+/).find((word) => word !== '~')
    : undefined;

async function readConfig(state: State, path: string, folder: string, stack: readonly string[]): Promise<void> {
  const text = await state.reader.read(path);
  if (text === undefined) return;
  state.charactersLeft -= text.length;
  if (state.charactersLeft < 0) return;
  state.seenConfigs.add(path);
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (--state.linesLeft < 0) return;
    if (line.length > configLimits.lineCharacters) {
      state.reader.report(path, index + 1, `has ${line.length} characters, so it is left out`);
      continue;
    }
    const [, keyword = '', value = ''] = /^\s*(\S+)\s*(.*?)\s*$/.exec(line) ?? [];
    const include = readDirective(state, keyword.toLowerCase(), value, path, folder);
    if (include === undefined) continue;
    await includeConfig(state, include, { path, line: index + 1, folder, stack: [...stack, path] });
  }
}

interface IncludePlace {
  readonly path: string;
  readonly line: number;
  readonly folder: string;
  readonly stack: readonly string[];
}

async function includeConfig(
  state: State,
  include: string,
  { path, line, folder, stack }: IncludePlace,
): Promise<void> {
  // Relative names start at the folder of the first file, whatever file includes them (doc/syslinux.txt, "Working
  // directory"); CONFIG may move it, which distributions do not use.
  for (const candidate of [imagePath(include, folder), imagePath(`/${include}`, '')]) {
    if (!(await state.reader.exists(candidate))) continue;
    if (stack.includes(candidate)) {
      state.reader.report(path, line, `includes ${candidate}, which is being read already`);
    } else if (stack.length >= maxDepth) {
      state.reader.report(path, line, `includes ${candidate}, the ${maxDepth + 1}th file in a row`);
    } else await readConfig(state, candidate, folder, stack);
    return;
  }
  state.reader.report(path, line, `includes ${include}, which cannot be read`);
}

/** Takes one line in; the file to go on with where the line includes one. */
function readDirective(state: State, keyword: string, value: string, file: string, folder: string): string | undefined {
  if (state.isInHelpText) {
    if (keyword === 'endtext') state.isInHelpText = false;
    return undefined;
  }
  const { label } = state;
  switch (keyword) {
    case 'include':
      return value;
    case 'default':
    case 'ontimeout':
      state.defaultLabel = value;
      break;
    case 'label':
      startLabel(state, value, file, folder);
      break;
    case 'text':
      state.isInHelpText = value.toLowerCase() === 'help';
      break;
    case 'kernel':
    case 'linux':
      if (label !== undefined) {
        label.kernel = value;
        label.isPlainKernel = keyword === 'linux';
      }
      break;
    case 'initrd':
      if (label !== undefined) label.initrds = splitInitrds(value);
      break;
    case 'append':
      if (label === undefined) state.globalAppend = value;
      else label.append = value;
      break;
    case 'config':
      if (label !== undefined) label.config = value;
      break;
    // These start something that is no kernel; the label is then no choice of ours.
    case 'localboot':
    case 'com32':
    case 'boot':
    case 'bss':
    case 'pxe':
    case 'fdimage':
      if (label !== undefined) label.isHidden = true;
      break;
    case 'menu':
      return readMenuDirective(state, value);
  }
  return undefined;
}

function startLabel(state: State, name: string, file: string, folder: string): void {
  if (state.labels.length >= maxMenuEntries) {
    state.label = undefined;
    return;
  }
  state.label = {
    name,
    menus: [...state.menus],
    file,
    folder,
    isPlainKernel: false,
    initrds: [],
    isDefault: false,
    isHidden: false,
  };
  state.labels.push(state.label);
}

function readMenuDirective(state: State, rest: string): string | undefined {
  const [, keyword = '', value = ''] = /^(\S+)\s*(.*)$/.exec(rest) ?? [];
  const { label } = state;
  switch (keyword.toLowerCase()) {
    case 'begin':
      if (state.menus.length < maxDepth) state.menus.push(value);
      state.label = undefined;
      break;
    case 'end':
      state.menus.pop();
      state.label = undefined;
      break;
    case 'label':
      if (label !== undefined) label.title = value;
      else if (state.menus.length > 0) state.menus[state.menus.length - 1] = value;
      break;
    case 'default':
      if (label !== undefined) label.isDefault = true;
      break;
    case 'hide':
    case 'disable':
    case 'exit':
    case 'goto':
    case 'quit':
      if (label !== undefined) label.isHidden = true;
      break;
    case 'include':
      return value.split(/\s+/)[0];
  }
  return undefined;
}

const splitInitrds = (value: string): string[] => value.split(',').filter((path) => path !== '');

/** Modules and boot sectors by their extension, which is how syslinux itself tells them from kernels. */
const notAKernel = /\.(c32|com|cbt|0|bs|bss|img|iso)$/i;

function toEntry(label: Label, globalAppend: string, isDefault: boolean): MenuEntry | undefined {
  if (label.isHidden || label.kernel === undefined || label.kernel === '') return undefined;
  // KERNEL may be followed by arguments.
  const [kernel = '', ...kernelWords] = label.kernel.split(/\s+/);
  if ((!label.isPlainKernel && notAKernel.test(kernel)) || /(^|\/)memdisk$/i.test(kernel)) return undefined;
  // "APPEND -" says that not even the global APPEND applies.
  const append = label.append === '-' ? '' : (label.append ?? globalAppend);
  const words = [...kernelWords, ...append.split(/\s+/).filter((word) => word !== '')];
  const named = words.filter((word) => word.startsWith('initrd='));
  const title = plainTitle(label.title ?? label.name);
  return {
    loader: 'syslinux',
    titles: [...label.menus.map(plainTitle).filter((menu) => menu !== ''), title === '' ? 'Start' : title],
    method: 'linux',
    kernel,
    initrds: [...label.initrds, ...named.flatMap((word) => splitInitrds(word.slice('initrd='.length)))],
    words: words.filter((word) => !word.startsWith('initrd=')),
    isDefault,
    folder: label.folder,
    file: label.file,
  };
}

import { readFile } from 'node:fs/promises';
import { StationError } from '../contract/errors.ts';
import type { MachineList } from '../contract/machines.ts';
import { type ApprovalPolicy, approvalPolicySchema } from '../contract/session.ts';
import { readMachineListFile } from '../engine/machines/machine-list-file.ts';
import { printable, printNote } from './output.ts';

/** What a person gives `serve` as words and files, checked. Errors: E_USAGE. */

const usage = (problem: string): StationError => new StationError('E_USAGE', { problem });

export async function readPolicy(word: string | undefined): Promise<ApprovalPolicy | undefined> {
  if (word === undefined) return undefined;
  if (word === 'auto') return { kind: 'every-machine' };
  if (word === 'approve') return { kind: 'approved' };
  const file = /^macs:(.+)$/.exec(word)?.[1];
  return file === undefined ? readRules(word) : { kind: 'listed', macs: parseMacList(await readText(file), file) };
}

/** Pure. Rules by which machines boot while the others wait for a person: "vendor:Dell,HP+first:4". */
export function readRules(word: string): ApprovalPolicy {
  const rules = { kind: 'rules' as const, macs: [], vendors: [] as string[], first: 0, machineList: false };
  for (const rule of word.split('+')) {
    const [name = '', ...rest] = rule.split(':');
    const value = rest.join(':');
    if (rule === 'list') rules.machineList = true;
    else if (name === 'first' && /^[1-9]\d{0,3}$/.test(value)) rules.first = Number(value);
    else if (name === 'vendor' && value.trim().length > 1) rules.vendors.push(...value.split(','));
    else {
      throw usage(
        `--policy ${word} is unknown; it takes "approve", "auto", "macs:FILE", or "first:N", "vendor:NAME" and "list" joined by "+".`,
      );
    }
  }
  const parsed = approvalPolicySchema.safeParse(rules);
  if (parsed.success) return parsed.data;
  throw usage(`--policy ${word} cannot be used: names of makers have 2 to 64 characters, at most 32 of them.`);
}

/** What a person's list of machines says; what is wrong in it is told, and the rest is used. Errors: E_MACHINE_LIST. */
export async function readMachines(path: string | undefined): Promise<MachineList | undefined> {
  if (path === undefined) return undefined;
  const list = await readMachineListFile(path);
  for (const { line, reason } of list.problems) printNote(`Line ${line} of ${path} is left out: ${printable(reason)}.`);
  const untold = list.problemCount - list.problems.length;
  if (untold > 0) printNote(`${untold} more lines of ${path} are left out.`);
  return list;
}

/** Pure. One MAC a line, with `:` or `-`; what follows it on its line, and lines that begin with `#`, are for people. */
export function parseMacList(text: string, file: string): string[] {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line: line.trim(), number: index + 1 }));
  return lines
    .filter(({ line }) => line !== '' && !line.startsWith('#'))
    .map(({ line, number }) => {
      const mac = (line.split(/\s/)[0] ?? '').toLowerCase().replaceAll('-', ':');
      if (/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac)) return mac;
      throw usage(`Line ${number} of ${file} does not begin with a MAC address such as 52:54:00:12:34:56.`);
    });
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw usage(`${path} cannot be read: ${(error as Error).message}.`);
  }
}

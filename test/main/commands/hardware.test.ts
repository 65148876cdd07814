import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addHardwareCommand } from '../../../main/commands/hardware.ts';
import { hardwareNotesSchema } from '../../../main/contract/hardware-notes.ts';
import { noHardwareNotes, withSuccess } from '../../../main/engine/boot/hardware-notes.ts';
import { hardwareNotesFile, writeHardwareNotes } from '../../../main/engine/hardware/hardware-notes-file.ts';
import { type CommandResult, runCommand } from './run-command.ts';

const hardware = async (...words: string[]): Promise<CommandResult> =>
  await runCommand(addHardwareCommand, 'hardware', ...words);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-hardware-'));
  vi.stubEnv('FIELDBOOT_DATA', join(folder, 'data'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const notes = withSuccess(noHardwareNotes, {
  mac: 'f8:b1:56:00:00:01',
  firmware: 'uefi-x64',
  loader: 'shimx64.efi',
  model: { manufacturer: 'Dell Inc.', product: 'Latitude 5430' },
  atMs: 1,
});

describe('commands on hardware notes', () => {
  it('list what worked', async () => {
    expect((await hardware('list')).stdout).toBe('No machine has booted from this station yet.\n');
    await writeHardwareNotes(hardwareNotesFile(join(folder, 'data')), notes);
    const { stdout } = await hardware('list');
    expect(stdout).toMatch(/Dell Inc\. Latitude 5430 +uefi-x64 +shimx64\.efi/);
    expect(stdout).toMatch(/f8:b1:56:00:00:01 +Latitude 5430 +uefi-x64 +shimx64\.efi/);
    expect(hardwareNotesSchema.parse(JSON.parse((await hardware('list', '--json')).stdout))).toEqual(notes);
  });

  it('carry them from one station to another', async () => {
    const file = join(folder, 'notes.json');
    await writeHardwareNotes(hardwareNotesFile(join(folder, 'data')), notes);
    expect((await hardware('export', file)).stdout).toBe(`Wrote notes on 1 model and 1 machine to ${file}.\n`);
    vi.stubEnv('FIELDBOOT_DATA', join(folder, 'another'));
    expect((await hardware('import', file)).stdout).toBe('This station now has notes on 1 model and 1 machine.\n');
    expect(JSON.parse((await hardware('list', '--json')).stdout)).toEqual(notes);
  });

  it('say what is wrong with a file', async () => {
    const { stderr, exitCode } = await hardware('import', join(folder, 'none.json'));
    expect(stderr).toContain('holds no hardware notes: it cannot be read (ENOENT)');
    expect(exitCode).toBe(1);
  });
});

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EmitEvent } from '../../../../main/contract/events.ts';
import type { Success } from '../../../../main/engine/boot/hardware-notes.ts';
import { type HardwareMemory, openHardwareMemory } from '../../../../main/engine/hardware/hardware-memory.ts';
import {
  exportHardwareNotes,
  hardwareNotesFile,
  importHardwareNotes,
  openHardwareNotes,
} from '../../../../main/engine/hardware/hardware-notes-file.ts';

let folder: string;
let told: Parameters<EmitEvent>[0][];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-hardware-'));
  told = [];
});
afterEach(async () => await rm(folder, { recursive: true }));

const open = async (): Promise<HardwareMemory> => await openHardwareMemory(folder, (event) => told.push(event));
const success: Success = { mac: 'f8:b1:56:00:00:01', firmware: 'uefi-x64', loader: 'shimx64.efi', atMs: 1 };
const [machine] = [{ mac: success.mac, firmware: success.firmware }];

describe('what a station remembers of hardware', () => {
  it('is there in the next session', async () => {
    {
      await using memory = await open();
      expect(memory.remembered(machine, 'loader')).toBeUndefined();
      memory.learn(success);
      expect(memory.remembered(machine, 'loader')?.loader).toBe('shimx64.efi');
    }
    await using memory = await open();
    expect(memory.remembered(machine, 'loader')).toMatchObject({ loader: 'shimx64.efi', by: 'machine' });
    expect(told).toEqual([]);
  });

  it('takes what came together in few writes, and all of it', async () => {
    {
      await using memory = await open();
      for (let index = 10; index < 99; index++) memory.learn({ ...success, mac: `f8:b1:56:00:00:${index}` });
    }
    expect((await openHardwareNotes(folder)).notes.machines).toHaveLength(89);
  });

  it('keeps what was imported meanwhile', async () => {
    const other = join(folder, 'other');
    {
      await using elsewhere = await openHardwareMemory(other, () => undefined);
      elsewhere.learn({ ...success, mac: '00:11:22:00:00:01' });
    }
    const file = join(folder, 'notes.json');
    expect((await exportHardwareNotes(other, file)).machines).toHaveLength(1);
    {
      await using memory = await open();
      await importHardwareNotes(folder, file);
      memory.learn(success);
    }
    expect((await openHardwareNotes(folder)).notes.machines.map(({ mac }) => mac)).toEqual(
      expect.arrayContaining([success.mac, '00:11:22:00:00:01']),
    );
  });

  it.each([
    ['no JSON', '{"format": "fieldboot-hardw'],
    ['notes of another form', '{"format":"fieldboot-hardware-notes","version":2}'],
    ['a loader outside of its folder', notesWith('../../etc/passwd')],
    ['a MAC that is none', notesWith('snponly.efi').replace(success.mac, 'x')],
  ])('sets %s aside, says so and begins anew', async (_what, text) => {
    await writeFile(hardwareNotesFile(folder), text);
    await using memory = await open();
    expect(told).toMatchObject([{ type: 'engine.trouble', code: 'E_HARDWARE_NOTES' }]);
    expect(memory.remembered(machine, 'loader')).toBeUndefined();
    expect(await readdir(folder)).toEqual(['hardware-notes.json.unreadable']);
    const file = join(folder, 'given.json');
    await writeFile(file, text);
    await expect(importHardwareNotes(folder, file)).rejects.toMatchObject({ code: 'E_HARDWARE_NOTES' });
  });

  it('says that a file to import is not there', async () => {
    await expect(importHardwareNotes(folder, join(folder, 'none.json'))).rejects.toMatchObject({
      code: 'E_HARDWARE_NOTES',
      data: { problem: 'it cannot be read (ENOENT)' },
    });
  });
});

function notesWith(loader: string): string {
  const machines = [{ mac: success.mac, firmware: success.firmware, loader, atMs: 1 }];
  return JSON.stringify({ format: 'fieldboot-hardware-notes', version: 1, machines, models: [] });
}

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../main/contract/image.ts';
import {
  grubBootScript,
  grubIdentifyScript,
  grubLocalDiskScript,
  grubNothingScript,
  grubStillWaitsScript,
  grubWaitScript,
} from '../../../../main/engine/boot/grub-session-script.ts';
import { installEntry, liveEntry, memtestEntry, menu } from './menu-fixture.ts';

const checker = spawnSync('grub-script-check', ['--version']).status === 0;
if (!checker) process.stderr.write('SKIPPED: grub-script-check is not installed (Debian package grub-common)\n');

const baseUrl = 'http://192.168.77.1:8080';
const sessionMenu = { ...menu, baseUrl, mac: '52:54:00:00:00:01' };
const bootScript = (entry: Entry, firmware: 'uefi-x64' | 'bios' = 'uefi-x64'): string =>
  grubBootScript(
    sessionMenu,
    entry,
    entry.variants.find((one) => one.firmware.includes(firmware))!,
  );

const disk = { kind: 'local-disk', bootFile: 'x', reason: "it's done" } as const;
const scripts: Readonly<Record<string, string>> = {
  identify: grubIdentifyScript(baseUrl),
  'boot of Linux': bootScript(liveEntry),
  'boot of an EFI program': bootScript(memtestEntry),
  wait: grubWaitScript('7K4'),
  'still waits': grubStillWaitsScript(),
  nothing: grubNothingScript("it's not for you"),
  'exit to the disk': grubLocalDiskScript({ ...disk, method: 'loader-exit' }),
  'start of the disk': grubLocalDiskScript({ ...disk, method: 'loader-starts-disk' }),
};

describe.each(Object.entries(scripts))('the script of GRUB to %s', (_name, script) => {
  it('is what it was', () => {
    expect(script).toMatchSnapshot();
  });

  it.runIf(checker)('is valid for GRUB itself', () => {
    const folder = mkdtempSync(join(tmpdir(), 'grub-session-'));
    const file = join(folder, 'grub.cfg');
    writeFileSync(file, script);
    try {
      expect(() => execFileSync('grub-script-check', [file], { stdio: 'pipe' })).not.toThrow();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('uses no words that GRUB does not have', () => {
    // The checker takes `&&` for a word.
    expect(script.replaceAll(/"[^"]*"|'[^']*'/g, '')).not.toMatch(/&&|\|\||\$\(/);
  });
});

describe('the scripts of GRUB in a session', () => {
  it('name the MAC in the words that want it', () => {
    expect(bootScript(installEntry)).toContain('BOOTIF=01-52-54-00-00-00-01');
  });

  it('answer, all but the first', () => {
    const { identify, ...answers } = scripts;
    expect(identify).toContain("set answered=''");
    for (const text of Object.values(answers)) expect(text.startsWith('set answered=y\n')).toBe(true);
  });

  it('start nothing while the machine waits', () => {
    expect(`${scripts['wait']}${scripts['still waits']}`).not.toMatch(/\b(linux|initrd|boot|chainloader|exit)\b/);
  });
});

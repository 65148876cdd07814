import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { grubScript } from '../../../../main/engine/boot/grub-script.ts';
import { liveEntry, menu } from './menu-fixture.ts';

const checker = spawnSync('grub-script-check', ['--version']).status === 0;
if (!checker) process.stderr.write('SKIPPED: grub-script-check is not installed (Debian package grub-common)\n');

describe('grubScript', () => {
  it('works from any TFTP server', () => {
    expect(grubScript(menu)).toMatchSnapshot();
  });

  it('fetches over HTTP from a station', () => {
    const script = grubScript({ ...menu, baseUrl: 'http://192.168.77.1:8080', timeoutSeconds: undefined });
    expect(script).toContain("set station='192.168.77.1:8080'");
    expect(script).toContain('set files="(http,$station)"');
    expect(script).toContain('fetch=http://192.168.77.1:8080/debian-12/live/filesystem.squashfs');
  });

  it.runIf(checker)('is valid for GRUB itself, whatever an image calls its entries', () => {
    const nasty = [`it's "quoted" $x \`y\``, 'a\n}\nmenuentry b {', '; reboot', '# comment', "'; halt; '", 'ümläut'];
    const entries = nasty.map((text, index) => ({
      ...liveEntry,
      id: `e${index}`,
      title: text,
      variants: [{ ...liveEntry.variants[0]!, kernel: text, commandLine: `${text} a=$HOME b={mac}` }],
    }));
    const file = join(mkdtempSync(join(tmpdir(), 'grub-script-')), 'grub.cfg');
    const script = grubScript({ ...menu, title: nasty.join(' '), entries });
    writeFileSync(file, script);
    expect(() => execFileSync('grub-script-check', [file], { stdio: 'pipe' })).not.toThrow();
    expect(script.match(/^menuentry /gm)).toHaveLength(nasty.length + 1);
  });
});

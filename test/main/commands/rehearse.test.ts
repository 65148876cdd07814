import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addRehearseCommand } from '../../../main/commands/rehearse.ts';
import { runCommand } from './run-command.ts';

describe.skipIf(process.platform !== 'linux')('fieldboot rehearse', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldboot-rehearse-'));
    vi.stubEnv('FIELDBOOT_DATA', folder);
    vi.stubEnv('FIELDBOOT_LOADERS', join(folder, 'none'));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it('shows its machines, says what came of them, and leaves nothing', async () => {
    const { stdout, exitCode } = await runCommand(addRehearseCommand, 'rehearse', '--clients', '1', '--full-speed');
    expect(stdout).toMatch(
      /^Fieldboot rehearsal: Rehearsal system\nOne simulated machine boots on this computer's loopback/,
    );
    expect(stdout).toMatch(/ {2}Running {2}.* {2}The system it booted runs and asked for an address\.\n/);
    expect(stdout).toMatch(/\n1 of 1 machines that had to reach a running system did, in [\d.]+ s\.\n/);
    expect(exitCode).toBe(0);
    expect(await readdir(join(folder, 'rehearsals'))).toEqual([]);
  });

  it('prints events as JSON lines, and the result as the last', async () => {
    const words = ['rehearse', '--clients', '2', '--seed', '9', '--full-speed', '--json'];
    const { stdout, exitCode } = await runCommand(addRehearseCommand, ...words);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(lines[0]?.type).toBe('session.started');
    expect(lines.at(-2)?.type).toBe('session.stopped');
    expect(lines.at(-1)).toMatchObject({ type: 'rehearsal.ended', passed: true, shouldRun: 2, running: 2 });
    expect(exitCode).toBe(0);
  });

  it.each([
    ['--clients', '0'],
    ['--clients', '501'],
    ['--clients', 'many'],
    ['--seed', '-1'],
  ])('refuses %s %s', async (name, value) => {
    const { stderr, exitCode } = await runCommand(addRehearseCommand, 'rehearse', `${name}=${value}`);
    expect(stderr).toContain('E_USAGE');
    expect(stderr).toContain(`"${value}"`);
    expect(exitCode).toBe(2);
  });

  it('says which image it cannot find', async () => {
    const { stderr, exitCode } = await runCommand(addRehearseCommand, 'rehearse', '--image', join(folder, 'no.iso'));
    expect(stderr).toContain('E_IMAGE_NOT_FOUND');
    expect(exitCode).toBe(1);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAnswersCommand } from '../../../main/commands/answers.ts';
import { runCommand } from './run-command.ts';

let folder: string;
let machines: string;
const check = async (name: string, text: string, ...words: string[]) => {
  await writeFile(join(folder, name), text);
  return await runCommand(addAnswersCommand, 'answers', 'check', join(folder, name), ...words);
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldboot-answers-'));
  machines = join(folder, 'machines.csv');
  await writeFile(machines, 'mac,hostname,owner\n52:54:00:aa:bb:01,desk-1,Ann\nnonsense\n');
});
afterAll(async () => await rm(folder, { recursive: true }));

const whole = `d-i netcfg/get_hostname string {{@hostname}}
d-i partman-auto/method string regular
d-i partman/confirm boolean true
d-i passwd/make-user boolean false
d-i passwd/root-password password {{@secret.root}}
d-i x/y string {{@owner}}
`;

describe('answers check', () => {
  it('names each problem with its place, as compilers do', async () => {
    const { stdout, exitCode } = await check('a.cfg', whole.replace('boolean true', 'boolean yes'));
    expect(stdout.split('\n')).toEqual([
      'a.cfg:3:21: error: partman/confirm takes true or false.',
      'a.cfg:5:35: error: Nobody has given the secret root.',
      'a.cfg:6:16: error: Nothing gives owner a value.',
      'a.cfg (preseed) cannot be used.',
      '',
    ]);
    expect(exitCode).toBe(1);
  });

  it('fills in from a list, and shows secrets as dots', async () => {
    await writeFile(join(folder, 'root'), 'Very-S3cret\n');
    const words = ['--machines', machines, '--secret', `root=${join(folder, 'root')}`, '--show'];
    const { stdout, exitCode } = await check('b.cfg', whole, ...words);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Left out of .*machines\.csv: line 3, .+\.$/m);
    expect(stdout).toContain('b.cfg (preseed) can be used for 1 machine.');
    expect(stdout).toContain('d-i netcfg/get_hostname string desk-1');
    expect(stdout).toMatch(/root-password password •+\nd-i x\/y string Ann/);
    expect(stdout).not.toContain('S3cret');
  });

  it('prints one JSON document', async () => {
    const words = ['--var', 'owner=Ann', '--json'];
    const { stdout, exitCode } = await check('c.yaml', '#cloud-config\na: {{@owner}}\nb: [\n', ...words);
    expect(JSON.parse(stdout)).toMatchObject({
      format: 'cloud-init',
      problems: [{ file: 'user-data', line: 4, column: 1, severity: 'error' }],
      variables: [{ name: 'owner', source: 'given', value: 'Ann' }, { name: 'mac-plain' }, { name: 'hostname' }],
    });
    expect(exitCode).toBe(1);
  });

  it.each([
    [['--format', 'word'], 'E_USAGE'],
    [['--var', 'x'], 'E_USAGE'],
    [['--machines', '/nowhere.csv'], 'E_MACHINE_LIST'],
  ])('refuses %j', async (words, code) => {
    const { stderr, exitCode } = await check('d.cfg', whole, ...words);
    expect(stderr).toContain(`${code}:`);
    expect(exitCode).toBe(2);
  });
});

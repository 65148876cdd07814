import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../main/contract/answer.ts';
import { exampleMachine } from '../../../../main/engine/answers/machine-values.ts';
import {
  answerFor,
  askedNames,
  mainFileName,
  previewOf,
  problemsOf,
  refuseProblems,
} from '../../../../main/engine/answers/session-answers.ts';
import { readMachineList } from '../../../../main/engine/machines/machine-list.ts';
import { station } from './render.ts';

const preseed = (text: string): Answer => ({
  name: 'bench.cfg',
  format: 'preseed',
  files: [{ name: 'bench.cfg', text }],
});
const answer = preseed(`d-i netcfg/get_hostname string {{@hostname}}
d-i mirror/http/hostname string {{@station-address}}
d-i passwd/user-fullname string {{@owner}} of {{@Site}}
d-i passwd/root-password password {{@secret.root}}
# {{@index}} {{@serial}} {{@uuid}} {{@mac}} {{@mac-dashes}} {{@mac-plain}} {{@address}} {{@image}}
`);
const machines = readMachineList(`mac,serial,hostname,owner,site,Secret root
52:54:00:aa:bb:01,,desk-1,Ann,,
,SN-2,desk-2,Bob,Ulm,theirs
`);
const variables = { site: 'Bonn', owner: 'nobody' };

describe('answerFor', () => {
  it('takes what the list says of a machine before what is said for all', () => {
    const session = { answer, variables, secrets: { root: 'ours' } };
    const texts = machines.machines.map((listed, index) => {
      const machine = { ...exampleMachine, mac: '52:54:00:aa:bb:0f', index: index + 1 };
      return answerFor(session, machine, { station, listed }).files[0]?.text.split('\n');
    });
    expect(texts).toEqual([
      [
        'd-i netcfg/get_hostname string desk-1',
        'd-i mirror/http/hostname string 192.168.77.1',
        'd-i passwd/user-fullname string Ann of Bonn',
        'd-i passwd/root-password password ours',
        `# 1 EXAMPLE-1 ${exampleMachine.uuid} 52:54:00:aa:bb:0f 52-54-00-aa-bb-0f 525400aabb0f 192.0.2.101 http://192.168.77.1/debian-12`,
        '',
      ],
      expect.arrayContaining([
        'd-i passwd/user-fullname string Bob of Ulm',
        'd-i passwd/root-password password theirs',
        expect.stringContaining('# 2 SN-2 '),
      ]),
    ]);
  });

  it('has archinstall run by a script that fetches its answers', () => {
    const configuration = { name: 'user_configuration.json', text: '{"disk_config": {}}' };
    const arch: Answer = { name: 'arch', format: 'archinstall', files: [configuration] };
    expect(mainFileName(arch)).toBe('archinstall.sh');
    const { files } = answerFor({ answer: arch }, exampleMachine, { station });
    expect(files.map(({ name }) => name)).toEqual(['user_configuration.json', 'archinstall.sh']);
    expect(files[1]?.text).toContain(`${station.baseUrl}/answer/"$1"`);
    expect(spawnSync('sh', ['-n'], { input: files[1]?.text })).toMatchObject({ status: 0 });
  });

  it('names a machine after its MAC where nobody named it', () => {
    const machine = { mac: '52:54:00:aa:bb:0f', index: 1 };
    const { files } = answerFor({ answer: preseed('d-i a/b string {{@hostname}}') }, machine, { station });
    expect(files[0]?.text).toBe('d-i a/b string pc-aabb0f');
  });

  it.each([
    ['{{@serial}}', 'serial is not known of this machine.'],
    ['{{@secret.root}}', 'Nobody has given the secret root.'],
    ['{{@owner}}', 'Nothing gives owner a value.'],
  ])('says why %s has no value', (placeholder, words) => {
    const machine = { mac: '52:54:00:aa:bb:0f', index: 1 };
    const { files, problems } = answerFor({ answer: preseed(`d-i a/b string ${placeholder}`) }, machine, { station });
    expect(files).toEqual([]);
    expect(problems[0]?.message).toBe(words);
  });

  it('lets no machine write commands through its serial number', () => {
    const machine = { mac: '52:54:00:aa:bb:0f', index: 1, serial: "'; reboot #" };
    const { files } = answerFor({ answer: preseed('d-i preseed/late_command string {{@serial}}') }, machine, {
      station,
    });
    expect(files).toEqual([]);
  });
});

describe('problemsOf', () => {
  const errors = (session: Parameters<typeof problemsOf>[0], list?: typeof machines) =>
    problemsOf(session, station, list).filter(({ severity }) => severity === 'error');

  it('are none where the list and the session say everything', () => {
    expect(errors({ answer, variables: { site: 'Bonn' }, secrets: { root: 'x' } }, machines)).toEqual([]);
  });

  it('name the line of the list where a value is missing', () => {
    const [problem] = errors({ answer, secrets: { root: 'x' } }, machines);
    expect(problem).toMatchObject({ line: 3, column: 47 });
    expect(problem?.message).toBe('Nothing gives Site a value in line 2 of the list of machines.');
  });

  it('are told as one error with the first place', () => {
    const refuse = (): void => refuseProblems('bench.cfg', problemsOf({ answer }, station));
    expect(refuse).toThrow('bench.cfg, line 3, column 33: Nothing gives owner a value. And 2 more.');
    expect(() =>
      refuseProblems('x', [{ file: 'x', line: 1, column: 1, severity: 'warning', message: 'm' }]),
    ).not.toThrow();
  });
});

describe('previewOf', () => {
  const session = { answer, variables, secrets: { root: 'Very-S3cret' } };

  it('shows a line of the list with secrets as dots, and where each value is from', () => {
    const preview = previewOf(session, { kind: 'listed', line: 3 }, { machines });
    expect(preview.files[0]?.text).toContain('string desk-2');
    expect(preview.files[0]?.text).toContain('password ••••••••');
    expect(preview.variables).toContainEqual({ name: 'owner', source: 'list', value: 'Bob' });
    expect(preview.variables).toContainEqual({ name: 'hostname', source: 'machine', value: 'desk-2' });
    expect(preview.variables).toContainEqual({ name: 'secret.root', source: 'secret' });
    expect(JSON.stringify(preview)).not.toMatch(/S3cret|theirs/);
  });

  it('says of what is missing who has to give it', () => {
    const { variables: used, files } = previewOf({ answer }, { kind: 'example' }, {});
    expect(files).toEqual([]);
    expect(used).toContainEqual({ name: 'owner', source: 'given' });
    expect(used).toContainEqual({ name: 'secret.root', source: 'secret' });
    expect(askedNames(answer)).toEqual({ variables: ['owner', 'Site'], secrets: ['root'] });
  });
});

it('names the first file of several on the command line', () => {
  const files = [{ name: 'user-data', text: '' }];
  expect(mainFileName({ format: 'cloud-init', files })).toBe('user-data');
});

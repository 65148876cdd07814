import { describe, expect, it } from 'vitest';
import type { Answer, AnswerFormat } from '../../../../main/contract/answer.ts';
import { guessFormat } from '../../../../main/engine/answers/guess-format.ts';
import { answerFiles, namesIn } from '../../../../main/engine/answers/render-answer.ts';
import { render } from './render.ts';

const autoinstall = `#cloud-config
autoinstall:
  version: 1
  identity: {hostname: {{@hostname}}, username: bench, password: {{@secret.password}}}
`;
const whole: Record<Exclude<AnswerFormat, 'plain'>, { name: string; text: string }> = {
  preseed: {
    name: 'bench.cfg',
    text: `# bench
d-i netcfg/get_hostname string {{@hostname}}
d-i partman-auto/method string regular
d-i partman/confirm boolean true
d-i passwd/make-user boolean false
d-i passwd/root-password password {{@secret.password}}
`,
  },
  kickstart: {
    name: 'bench.ks',
    text: `lang en_GB.UTF-8
keyboard us
timezone UTC
rootpw --plaintext {{@secret.password}}
autopart
%packages
@core
%end
%post --log=/root/post.log
echo {{@serial}}
%end
`,
  },
  'cloud-init': { name: 'user-data', text: autoinstall },
  autoyast: {
    name: 'bench.xml',
    text: '<?xml version="1.0"?>\n<profile xmlns="http://www.suse.com/1.0/yast2ns" xmlns:config="http://www.suse.com/1.0/configns"><general/></profile>\n', // prettier-ignore
  },
  archinstall: { name: 'user_configuration.json', text: '{"hostname": {{@hostname}}, "disk_config": {}}' },
  alpine: {
    name: 'answers',
    text: `KEYMAPOPTS="us us"\nHOSTNAMEOPTS='{{@hostname}}' # it\nINTERFACESOPTS="auto lo\niface lo inet loopback\n"\nexport DISKOPTS=none\n`,
  },
  autounattend: {
    name: 'autounattend.xml',
    text: '<unattend xmlns="urn:schemas-microsoft-com:unattend"><settings pass="windowsPE"><component name="x"/></settings></unattend>', // prettier-ignore
  },
};

describe('a right answer', () => {
  it.each(Object.entries(whole))('%s has no problem, and is told by its text', (format, { name, text }) => {
    const { problems, files } = render(
      format as AnswerFormat,
      text,
      {},
      { name, secrets: { password: '$6$salt$hash' } },
    );
    expect(problems).toEqual([]);
    expect(files[0]?.name).toBe(name);
    expect(guessFormat('untitled', text)).toBe(format);
  });
});

const wrong: [AnswerFormat, string, string, number, number, string][] = [
  ['preseed', 'x', 'd-i a/b\n', 1, 1, 'A line names its owner'],
  ['preseed', 'x', 'd-i a/b string x\n  d-i c/d strin x\n', 2, 11, 'no type “strin”'],
  ['preseed', 'x', 'd-i a/b boolean yes\n', 1, 9, 'takes true or false'],
  ['preseed', 'x', '# nothing\n', 1, 1, 'answers no question'],
  ['kickstart', 'x', 'lang en\n%pst\nx\n%end\n', 2, 1, 'no section %pst'],
  ['kickstart', 'x', 'lang en\n%post\nx\n', 2, 1, '%post has no %end'],
  ['kickstart', 'x', 'lang en\n%end\n', 2, 1, 'never opened'],
  ['kickstart', 'x', 'lang en\nrootpw "x\n', 2, 1, 'opened and not closed'],
  ['kickstart', 'x', '# x\n', 1, 1, 'no command'],
  ['cloud-init', 'user-data', 'hostname: x\n', 1, 1, '#cloud-config'],
  ['cloud-init', 'user-data', '#cloud-config\na: [1\n', 3, 1, ']'],
  ['cloud-init', 'user-data', '#cloud-config\na: 1\na: 2\n', 3, 1, 'twice'],
  ['cloud-init', 'user-data', '#cloud-config\nautoinstall:\n  identity: {}\n', 2, 1, 'version: 1'],
  ['cloud-init', 'user-data', '#cloud-config\nautoinstall:\n  version: 1\n', 2, 1, 'identity'],
  ['cloud-init', 'user-data', '#cloud-config\nautoinstall:\n  version: 1\n  identity: {hostname: x}\n', 2, 1, 'lacks username, password'], // prettier-ignore
  ['cloud-init', 'user-data', '#cloud-config\n', 1, 1, 'no settings'],
  ['autoyast', 'x', '<profile>\n <a></b>\n</profile>', 2, 9, 'tag'],
  ['autoyast', 'x', '<profile></profile>', 1, 1, 'xmlns="http://www.suse.com/1.0/yast2ns"'],
  ['autoyast', 'x', '<unattend/>', 1, 1, '<profile>'],
  ['autoyast', 'x', '<!DOCTYPE x [<!ENTITY a "b">]>\n<profile xmlns="http://www.suse.com/1.0/yast2ns">&a;</profile>', 1, 31, 'document type'], // prettier-ignore
  ['autounattend', 'x', '<unattend xmlns="urn:schemas-microsoft-com:unattend"/>', 1, 1, '<settings>'],
  ['archinstall', 'x', '{\n "a": 1,\n}', 3, 1, 'Expected'],
  ['archinstall', 'x', '[]', 1, 1, 'object'],
  ['alpine', 'x', 'DISKOPTS="x\n', 1, 1, 'opened and not closed'],
  ['alpine', 'x', 'A=1\nrm -rf /\n', 2, 1, 'NAME="value"'],
  ['alpine', 'x', 'A=1\n', 1, 1, 'none of the variables'],
  ['plain', 'x.json', '{"a": tru}', 1, 10, 'Unexpected'],
  [
    'plain',
    'x.json',
    '{"a": true,\n "b": nul, "c": [1, 2, 3], "d": "and a good deal more behind it"}',
    2,
    10,
    'Unexpected',
  ],
  ['plain', 'x.json', '{"a": "b', 1, 9, 'Unterminated'],
  ['plain', 'x.json', '', 1, 1, 'Unexpected end'],
  ['plain', 'x.yaml', 'a: "b\n', 2, 1, 'quote'],
  ['plain', 'x.xml', '<a>\n', 2, 1, 'tag'],
  ['plain', 'x.ini', '[a]\nb=1\nc\n', 3, 1, '[section]'],
];

describe('a wrong answer', () => {
  it.each(wrong)('%s %s %j: line %i, column %i', (format, name, text, line, column, words) => {
    const { files, problems } = render(format, text, {}, { name });
    expect(problems[0]).toMatchObject({ file: name, line, column, severity: 'error' });
    expect(problems[0]?.message).toContain(words);
    expect(files).toEqual([]);
  });

  it('keeps the place in the template when what stands before it became longer', () => {
    const text = '{"a": {{@v}}, "b": {{@v}},, }';
    expect(render('plain', text, { v: 'much longer than its name' }, { name: 'x.json' }).problems[0]).toMatchObject({
      line: 1,
      column: 27,
    });
  });

  it('tells an unknown variable with the rest that is wrong', () => {
    const { problems } = render('preseed', 'd-i a/b string {{@ownre}}\nd-i c/d bolean x\n');
    expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([
      { line: 1, column: 16, message: 'No ownre.' },
      { line: 2, column: 9 },
    ]);
  });

  it('does not blow up with aliases of aliases', () => {
    const levels = Array.from({ length: 12 }, (_, level) => `a${level + 1}: &a${level + 1} [${Array(10).fill(`*a${level}`).join(', ')}]`); // prettier-ignore
    const text = `#cloud-config\na0: &a0 [x]\n${levels.join('\n')}\n`;
    expect(render('cloud-init', text, {}, { name: 'user-data' }).problems[0]?.message).toContain('alias');
  });
});

describe('a hostile answer', () => {
  it.each([
    ['nested', '['.repeat(20_000), 'nested too deeply'],
    ['nested in lists', '- '.repeat(20_000), 'nested too deeply'],
    ['too long', `a: ${'x'.repeat(300_000)}\n`, 'more than 300 kB'],
  ])('%s is refused in words', (_what, text, words) => {
    expect(render('cloud-init', `#cloud-config\n${text}`, {}, { name: 'user-data' }).problems[0]?.message).toContain(
      words,
    );
  });

  it('may have very many keys, and a repeated one is still found', () => {
    const keys = Array.from({ length: 10_000 }, (_, index) => `key-${index}: 1`);
    const text = `#cloud-config\n${keys.join('\n')}\nkey-0: 2\n`;
    const { problems } = render('cloud-init', text, {}, { name: 'user-data' });
    expect(problems).toMatchObject([{ line: 10_002, column: 1, message: 'The key key-0 is there twice.' }]);
  });
});

describe('a warning', () => {
  it.each([
    ['preseed', 'd-i a/b string x', 'how to divide the disk'],
    ['kickstart', 'lang en', 'how to divide the disk'],
    ['archinstall', '{}', 'disk_config'],
    ['alpine', 'HOSTNAMEOPTS=x', 'DISKOPTS'],
    ['cloud-init', autoinstall.replace('{{@secret.password}}', 'plain'), 'has to be a hash'],
  ] as const)('%s %j does not keep it from being served', (format, text, words) => {
    const { files, problems } = render(format, text, {}, { name: 'user-data' });
    expect(problems.map(({ severity }) => severity)).not.toContain('error');
    expect(problems.map(({ message }) => message).join(' ')).toContain(words);
    expect(files).not.toEqual([]);
  });
});

describe('cloud-init', () => {
  const answer: Pick<Answer, 'format' | 'files'> = {
    format: 'cloud-init',
    files: [{ name: 'user-data', text: autoinstall }],
  };

  it('gets the files that it asks for beside the one that a person wrote', () => {
    expect(answerFiles(answer).map(({ name }) => name)).toEqual(['user-data', 'meta-data', 'vendor-data']);
    const own = { ...answer, files: [...answer.files, { name: 'meta-data', text: 'instance-id: x\n' }] };
    expect(answerFiles(own).find(({ name }) => name === 'meta-data')?.text).toBe('instance-id: x\n');
  });

  it('uses each variable once', () => {
    expect(namesIn(answer)).toEqual(['hostname', 'secret.password', 'mac-plain']);
  });

  it.each([
    ['## template: jinja\n#cloud-config\nhostname: {{ v1.region }}-{{@index}}\n', '{{ v1.region }}-1'],
    ['#!/bin/sh\necho {{@owner}}\n', "echo 'a b'"],
  ])('leaves what is no YAML in its own syntax: %j', (text, expected) => {
    const { files } = render('cloud-init', text, { owner: 'a b' }, { name: 'user-data' });
    expect(files[0]?.text).toContain(expected);
  });
});

describe('guessFormat', () => {
  it.each([
    ['ks.cfg', '', 'kickstart'],
    ['x.seed', '', 'preseed'],
    ['user-data', '', 'cloud-init'],
    ['notes.txt', 'hello', 'plain'],
    ['x.json', '{"a": 1}', 'plain'],
  ])('%s %j: %s', (name, text, format) => expect(guessFormat(name, text)).toBe(format));
});

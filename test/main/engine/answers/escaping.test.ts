import { spawnSync } from 'node:child_process';
import { assert, constantFrom, oneof, property, sample, string } from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { isInstalled } from '../../../testbed/gate.ts';
import { render, rendered } from './render.ts';

/** Values arrive where they are meant to, whatever is in them, and nothing else does: real parsers and a real shell read them back. */

/** One line of anything, with what formats read something into more often. */
const anyLine = oneof(
  string({ unit: 'binary' }),
  string({ unit: constantFrom(...Array.from(`ab '"\\$\`;:#&|<>-{}[]%@!*?~,]]>--`)) }),
)
  .map((text) => text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, ''))
  .filter((text) => text !== '');

const xmlTexts = (xml: string): string[] => {
  const texts: string[] = [];
  const parser = new SaxesParser();
  parser.on('text', (text) => texts.push(text));
  parser.on('cdata', (text) => texts.push(text));
  parser.on('opentag', ({ attributes }) => texts.push(...Object.values(attributes)));
  parser.write(xml).close();
  return texts;
};

describe('a value of anything', () => {
  it('is the value of a YAML scalar of every style, and the lines stay', () => {
    const template = [
      '#cloud-config',
      'plain: {{@v}}',
      'mixed: by {{@v}} of it',
      'double: "x {{@v}} y"',
      "single: 'x {{@v}} y'",
      'folded: one',
      '  two {{@v}}',
      'block: |',
      '  x {{@v}} y',
      'list: [{{@v}}, {{@v}}]',
      'last: 1',
      '',
    ].join('\n');
    assert(
      property(anyLine, (v) => {
        const text = rendered('cloud-init', template, { v }, { name: 'user-data' });
        expect(parseYaml(text)).toEqual({
          plain: v,
          mixed: `by ${v} of it`,
          double: `x ${v} y`,
          single: `x ${v} y`,
          folded: `one two ${v}`,
          block: `x ${v} y\n`,
          list: [v, v],
          last: 1,
        });
        expect(text.split('\n')[10]).toBe('last: 1');
      }),
    );
  });

  it('is the string of a JSON text', () => {
    assert(
      property(anyLine, (v) => {
        const text = rendered('archinstall', '{\n\t"a": {{@v}},\n\t"b": "x {{@v}} y", "c": {{@index}}\n}', { v });
        expect(JSON.parse(text)).toEqual({ a: v, b: `x ${v} y`, c: 1 });
      }),
    );
  });

  it('is the text, the attribute and the CDATA of XML', () => {
    const template = '<unattend xmlns="urn:schemas-microsoft-com:unattend"><settings a="{{@v}}">{{@v}}<![CDATA[{{@v}}]]></settings></unattend>'; // prettier-ignore
    assert(
      property(anyLine, (v) => {
        const [, attribute, ...texts] = xmlTexts(rendered('autounattend', template, { v }));
        expect(attribute).toBe(v);
        expect(texts.join('')).toBe(v + v);
      }),
    );
  });

  it.skipIf(!isInstalled('sh'))('is one word of a shell, bare and between both quotation marks', () => {
    const values = sample(anyLine, { numRuns: 200, seed: 7 });
    const scripts = values.map((v) =>
      rendered('plain', `printf '%s\\0' {{@v}} "{{@v}}" '{{@v}}' # {{@v}}\n`, { v }, { name: 'x.sh' }),
    );
    const { stdout } = spawnSync('sh', { input: scripts.join(''), encoding: 'utf8' });
    expect(stdout.split('\0').slice(0, -1)).toEqual(values.flatMap((v) => [v, v, v]));
  });

  it.skipIf(!isInstalled('python3'))('is a word of a kickstart command as Python splits it', () => {
    const values = sample(anyLine, { numRuns: 200, seed: 8 });
    const lines = values.map((v) => rendered('kickstart', `user --name={{@v}} "{{@v}}" '{{@v}}'\n`, { v }));
    const python =
      'import sys,shlex,json\nprint(json.dumps([shlex.split(l,comments=True)[1:] for l in sys.stdin.buffer.read().decode().split("\\n") if l]))';
    const { stdout } = spawnSync('python3', ['-c', python], { input: lines.join(''), encoding: 'utf8' });
    expect(JSON.parse(stdout)).toEqual(values.map((v) => [`--name=${v}`, v, v]));
  });

  it('goes to the end of a preseed line', () => {
    assert(
      property(anyLine, (v) => {
        const { files } = render('preseed', 'd-i a/b string {{@v}}\nd-i c/d string x\n', { v });
        // A backslash there would swallow the next line.
        const expected = v.endsWith('\\') ? undefined : `d-i a/b string ${v}\nd-i c/d string x\n`;
        expect(files[0]?.text).toBe(expected);
      }),
    );
  });
});

it('does not swallow the next line of a preseed', () => {
  expect(render('preseed', 'd-i a/b string {{@v}}\n', { v: 'x\\' }).problems[0]).toMatchObject({ line: 1, column: 16 });
});

describe('commands', () => {
  it.each([
    ['runcmd:\n  - echo {{@v}}\n', 'runcmd:\n  - "echo \'a b; c\'"\n'],
    ['runcmd:\n  - [echo, {{@v}}]\n', 'runcmd:\n  - [echo, "a b; c"]\n'],
    ['runcmd:\n  - [sh, -c, "echo {{@v}}"]\n', 'runcmd:\n  - [sh, -c, "echo \'a b; c\'"]\n'],
    ['autoinstall:\n  version: 1\n  user-data: {}\n  late-commands:\n    - |\n      echo "{{@v}}"\n      echo {{@v}}\n', 'autoinstall:\n  version: 1\n  user-data: {}\n  late-commands:\n    - |\n      echo "a b; c"\n      echo \'a b; c\'\n'], // prettier-ignore
    ['packages:\n  - {{@v}}\n', 'packages:\n  - "a b; c"\n'],
  ])('of cloud-init: %j', (text, expected) => {
    expect(rendered('cloud-init', `#cloud-config\n${text}`, { v: 'a b; c' }, { name: 'user-data' })).toBe(
      `#cloud-config\n${expected}`,
    );
  });

  it.each([
    ['d-i preseed/late_command string echo {{@v}}', "d-i preseed/late_command string echo '$(id)'"],
    ['d-i partman/early_command string x \\\n  "{{@v}}"', 'd-i partman/early_command string x \\\n  "\\$(id)"'],
    ['d-i passwd/user-fullname string {{@v}}', 'd-i passwd/user-fullname string $(id)'],
    ['# {{@v}}\nd-i a/b string x', '# $(id)\nd-i a/b string x'],
    ['tasksel tasksel/first multiselect {{@list}}', String.raw`tasksel tasksel/first multiselect a\, b`],
  ])('of preseed: %j', (text, expected) => {
    expect(rendered('preseed', text, { v: '$(id)', list: 'a, b' })).toBe(expected);
  });

  it.each([
    ['%post\necho {{@v}}\n%end\n', "%post\necho '$(id)'\n%end\n"],
    ['%post --interpreter=/bin/bash\necho "{{@v}}"\n%end\n', '%post --interpreter=/bin/bash\necho "\\$(id)"\n%end\n'],
    ['rootpw "{{@v}}"\n', 'rootpw "$(id)"\n'],
  ])('of kickstart: %j', (text, expected) => expect(rendered('kickstart', text, { v: '$(id)' })).toBe(expected));

  it.each([
    ['%post --interpreter=/usr/bin/python3\nprint({{@v}})\n%end\n', '/usr/bin/python3'],
    ['%packages\n{{@v}}\n%end\n', '%packages'],
  ])('that nothing can make safe are refused: %j', (text, words) => {
    expect(() => rendered('kickstart', text, { v: '$(id)' })).toThrow(words);
  });

  it('of AutoYaST’s scripts', () => {
    const text = '<profile xmlns="http://www.suse.com/1.0/yast2ns"><source><![CDATA[echo {{@v}}]]></source></profile>';
    expect(rendered('autoyast', text, { v: '$(id)' })).toContain("<![CDATA[echo '$(id)']]>");
  });
});

describe('types', () => {
  it.each([
    ['a: {{@n:integer}}', { a: 5 }],
    ['a: {{@n}}', { a: '5' }],
    ['a: {{@b:boolean}}', { a: true }],
    ['a: {{@b}}', { a: 'true' }],
    ['a: "{{@n:integer}}"', { a: '5' }],
    ['a: {{@index}}', { a: 1 }],
    ['{{@n}}: x', { 5: 'x' }],
    ['# {{@n}}\na: 1', { a: 1 }],
  ])('in YAML: %j', (text, expected) => {
    expect(parseYaml(rendered('plain', text, { n: '5', b: 'true' }, { name: 'x.yaml' }))).toEqual(expected);
  });

  it('of a value are checked, and what is wrong is named with its place', () => {
    expect(render('plain', 'a\n b {{@n:integer}}', { n: 'five' }).problems).toEqual([
      {
        file: 'answers',
        line: 2,
        column: 4,
        severity: 'error',
        message: 'The value of n, “five”, is not a whole number.',
      },
    ]);
  });
});

describe('secrets', () => {
  it('are dots where they are shown', () => {
    const template = 'd-i passwd/root-password password {{@secret.root}}';
    expect(rendered('preseed', template, {}, { secrets: { root: 'S3cret' } })).toContain('password S3cret');
    expect(rendered('preseed', template, {}, { secrets: { root: 'S3cret' }, masked: true })).toMatch(/password •+$/);
  });

  it('are not told by an error about them', () => {
    const { problems } = render('preseed', 'd-i a/b string {{@secret.x:integer}}', {}, { secrets: { x: 'S3cret' } });
    expect(problems[0]?.message).toBe('The value of secret.x is not a whole number.');
    expect(JSON.stringify(problems)).not.toContain('S3cret');
  });
});

it('puts {{@ where {{@@ stands', () => {
  expect(rendered('plain', 'a {{@@hostname}} {{@hostname}}')).toBe('a {{@hostname}} pc-01');
});

import { describe, expect, it } from 'vitest';
import { placeOf, scanPlaceholders } from '../../../../main/engine/answers/placeholder.ts';
import { isVariableType, typeProblem } from '../../../../main/engine/answers/variable-type.ts';

describe('scanPlaceholders', () => {
  it('finds names, types and places', () => {
    expect(scanPlaceholders('a {{@hostname}} {{@ index : integer }}{{@secret.root-pw}}')).toEqual({
      placeholders: [
        { name: 'hostname', type: undefined, start: 2, end: 15 },
        { name: 'index', type: 'integer', start: 16, end: 38 },
        { name: 'secret.root-pw', type: undefined, start: 38, end: 57 },
      ],
      escapes: [],
      problems: [],
    });
  });

  it.each([
    ['Jinja', '{{ v1.region }} {% if x %}'],
    ['Go templates', "docker ps --format '{{.Names}}'"],
    ['shell', '${x} $(y) `z` {{'],
    ['PowerShell', '@{a=1} @{hostname}'],
    ['RPM and batch', '%{name} %x%'],
  ])('leaves %s alone', (_what, text) => {
    expect(scanPlaceholders(text)).toEqual({ placeholders: [], escapes: [], problems: [] });
  });

  it('takes {{@@ for {{@', () => {
    expect(scanPlaceholders('x {{@@name}}')).toEqual({ placeholders: [], escapes: [2], problems: [] });
  });

  it.each([
    ['{{@hostname', 'does not end'],
    ['{{@host\nname}}', 'does not end'],
    ['{{@a {{@b}}', 'does not end'],
    ['{{@}}', 'no name'],
    ['{{@1st}}', 'no name'],
    ['{{@a b}}', 'no name'],
    ['{{@a.b.c}}', 'no name'],
    ['{{@a:integer:text}}', 'no name'],
    ['{{@a:float}}', 'no type “float”'],
  ])('names what is wrong with %j', (text, words) => {
    const { problems } = scanPlaceholders(` ${text}`);
    expect(problems[0]).toMatchObject({ offset: 1, message: expect.stringContaining(words) as string });
  });

  it('stops at a number of placeholders that nobody writes', () => {
    const { problems, placeholders } = scanPlaceholders('{{@a}}'.repeat(5000));
    expect(placeholders.length).toBeLessThan(600);
    expect(problems[0]?.message).toContain('more than 500');
  });
});

describe('placeOf', () => {
  it.each([
    [0, 1, 1],
    [2, 1, 3],
    [3, 2, 1],
    [5, 3, 2],
  ])('offset %i is line %i, column %i', (offset, line, column) => {
    expect(placeOf('ab\n\ncd', offset === 5 ? 5 : offset)).toEqual({ line, column });
  });
});

describe('typeProblem', () => {
  it.each([
    ['integer', ['0', '7', '-3', '12'], ['', '01', '1.5', '1e3', 'x', '9'.repeat(20)]],
    ['boolean', ['true', 'false'], ['yes', 'True', '']],
    ['hostname', ['pc-1', 'a.b.example', '3com'], ['-a', 'a-', 'a b', 'a_b', 'a..b', 'x'.repeat(64), '']],
    ['ipv4', ['0.0.0.0', '192.168.77.1', '255.255.255.255'], ['1.2.3', '1.2.3.4.5', '256.1.1.1', '1.2.3.4.', 'a']],
    ['mac', ['52:54:00:12:34:56', '52-54-00-12-34-56', '525400123456'], ['52:54', 'zz:54:00:12:34:56']],
    ['uuid', ['00000000-0000-4000-8000-00005e005301'], ['00000000', 'x']],
    ['serial', ['PF-12 34/5.6'], ["'; reboot", '$(id)', 'a\nb', '']],
    ['url', ['http://192.168.77.1:8080/x_y'], ['ftp://x', 'http://a b', "http://a'"]],
    ['text', ['', 'any “thing” at all'], ['two\nlines', '\0', '\u009b']],
  ] as const)('%s', (type, right, wrong) => {
    expect(isVariableType(type)).toBe(true);
    expect(right.filter((one) => typeProblem(one, type) !== undefined)).toEqual([]);
    expect(wrong.filter((one) => typeProblem(one, type) === undefined)).toEqual([]);
  });

  it('knows no type of Object', () => expect(isVariableType('constructor')).toBe(false));
});

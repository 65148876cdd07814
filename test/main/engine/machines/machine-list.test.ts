import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { mostListedMachines } from '../../../../main/contract/machines.ts';
import { decodeText } from '../../../../main/engine/machines/decode-text.ts';
import { readMachineList } from '../../../../main/engine/machines/machine-list.ts';

const read = (...lines: readonly string[]): ReturnType<typeof readMachineList> => readMachineList(lines.join('\n'));

describe('a list of machines', () => {
  it('reads what a person wrote in a spreadsheet', () => {
    const list = read(
      'MAC address,Serial No.,Name,IP address,Asset tag,Ticket',
      '52-54-00-AA-00-01,5CD1234XYZ,desk-1,192.168.77.21,"A-1, left",T-9',
      '525400aa0002,,Desk two,,,',
    );
    expect(list).toEqual({
      columns: [
        { heading: 'Asset tag', name: 'asset_tag' },
        { heading: 'Ticket', name: 'ticket' },
      ],
      machines: [
        {
          line: 2,
          macs: ['52:54:00:aa:00:01'],
          serial: '5CD1234XYZ',
          name: 'desk-1',
          hostName: 'desk-1',
          address: '192.168.77.21',
          values: { asset_tag: 'A-1, left', ticket: 'T-9' },
        },
        { line: 3, macs: ['52:54:00:aa:00:02'], name: 'Desk two', values: {} },
      ],
      problems: [],
      problemCount: 0,
    });
  });

  it.each([
    ['a semicolon', 'mac;serial;name\n52:54:00:aa:00:01;S1234;a,b'],
    ['a tab', 'mac\tserial\tname\n52:54:00:aa:00:01\tS1234\ta,b'],
    ['what the first line declares', 'sep=|\nmac|serial|name\n52:54:00:aa:00:01|S1234|a,b'],
    ['a semicolon, with a byte order mark', '\uFEFFmac;serial;name\r\n52:54:00:aa:00:01;S1234;a,b\r\n'],
    ['a comma, in a quoted cell', '"mac","serial","name"\r"52:54:00:aa:00:01","S1234","a,b"\r'],
  ])('is separated by %s', (_what, text) => {
    expect(readMachineList(text)).toMatchObject({
      machines: [{ macs: ['52:54:00:aa:00:01'], serial: 'S1234', name: 'a,b' }],
      problemCount: 0,
    });
  });

  it('keeps quotation marks, separators and line ends of quoted cells (RFC 4180)', () => {
    const { machines } = readMachineList('mac,note\r\n52:54:00:aa:00:01,"24"" screen, left\r\nsecond line"\r\n');
    expect(machines[0]?.values).toEqual({ note: '24" screen, left\nsecond line' });
  });

  it('names each broken line with its reason, and uses the others', () => {
    const list = read(
      '# bench 3',
      'mac,serial,uuid,hostname,address,note',
      '52:54:00:aa:00:01,S-0001,,one,192.168.77.21,',
      '52:54:00:aa:00:0g,S-0002,,two,,',
      '',
      '52:54:00:aa:00:03,S-0003,,three,192.168.77.300,',
      '01:00:5e:00:00:01,,,four,,',
      '52:54:00:aa:00:05,S-0001,,five,,',
      '52:54:00:aa:00:06,S-0006,,six,192.168.77.21,',
      ',,,nobody,,',
      ',To be filled by O.E.M.,,everybody,,',
      '52:54:00:aa:00:07,S-0007,,not a host name,,',
      '52:54:00:aa:00:08,S-0008,,eight,,"never closed',
      '52:54:00:aa:00:09,S-0009,,nine,,"closed" and more',
      '52:54:00:aa:00:0a,S-0010,,ten,,,,too many',
      '52:54:00:aa:00:0b,S-0011,no-uuid,eleven,,',
      '52:54:00:aa:00:0c,S-0012,,twelve,,"fine"',
    );
    expect(list.machines.map(({ line, hostName }) => [line, hostName])).toEqual([
      [3, 'one'],
      [17, 'twelve'],
    ]);
    expect(list.problems).toEqual([
      { line: 4, reason: '"52:54:00:aa:00:0g" is not a MAC address' },
      { line: 6, reason: '"192.168.77.300" is not an IPv4 address' },
      { line: 7, reason: '01:00:5e:00:00:01 is the address of a group' },
      { line: 8, reason: 'the serial S-0001 stands in line 3 already' },
      { line: 9, reason: 'the address 192.168.77.21 stands in line 3 already' },
      { line: 10, reason: 'it has neither MAC nor serial nor UUID' },
      { line: 11, reason: 'many machines have the identity "To be filled by O.E.M.", and it has no other' },
      { line: 12, reason: '"not a host name" is not a host name (letters, digits and hyphens, at most 63)' },
      { line: 13, reason: 'there is text behind a closing quotation mark (in line 14)' },
      { line: 14, reason: 'there is text behind a closing quotation mark' },
      { line: 15, reason: 'it has 8 cells, and the heading 6' },
      { line: 16, reason: '"no-uuid" is not a UUID' },
    ]);
  });

  it('goes on behind a quotation mark that nobody closes', () => {
    const list = read('mac,note', '52:54:00:aa:00:01,"open', '52:54:00:aa:00:02,', '52:54:00:aa:00:03,');
    expect(list.problems).toEqual([{ line: 2, reason: 'a quotation mark is opened and not closed' }]);
    expect(list.machines).toHaveLength(2);
  });

  it('ignores identities that many machines have where another tells the machine', () => {
    const { machines } = read(
      'mac,serial,uuid',
      '52:54:00:aa:00:01,Default string,03000200-0400-0500-0006-000700080009',
      '52:54:00:aa:00:02,Default string,03000200-0400-0500-0006-000700080009',
    );
    expect(machines).toEqual([
      { line: 2, macs: ['52:54:00:aa:00:01'], values: {} },
      { line: 3, macs: ['52:54:00:aa:00:02'], values: {} },
    ]);
  });

  it('takes one adapter for several machines only where something else tells them apart', () => {
    const list = read(
      'mac,serial',
      '52:54:00:aa:00:01,S-0001',
      '52:54:00:aa:00:01,S-0002',
      '52:54:00:aa:00:01,',
      '52:54:00:aa:00:02,',
      '52:54:00:aa:00:02,S-0003',
    );
    expect(list.machines.map(({ line }) => line)).toEqual([2, 3, 5]);
    expect(list.problems.map(({ line }) => line)).toEqual([4, 6]);
  });

  it('takes several adapters of one machine, from one cell or several columns', () => {
    const { machines } = read('LAN MAC;Wi-Fi MAC;serial', '52:54:00:aa:00:01 52:54:00:aa:00:02;5254.00aa.0003;S-0001');
    expect(machines[0]?.macs).toEqual(['52:54:00:aa:00:01', '52:54:00:aa:00:02', '52:54:00:aa:00:03']);
  });

  it('reads a UUID in either form', () => {
    const { machines } = read('guid', '{4C4C4544-0042-3510-8054-B4C04F4D3333}', '4c4c4544004235108054b4c04f4d3334');
    expect(machines.map(({ uuid }) => uuid)).toEqual([
      '4c4c4544-0042-3510-8054-b4c04f4d3333',
      '4c4c4544-0042-3510-8054-b4c04f4d3334',
    ]);
  });

  it.each([
    ['', 'the list is empty'],
    ['\n\n', 'the list is empty'],
    [
      'name,address\na,192.168.77.2',
      'no column is headed "MAC", "serial" or "UUID": nothing tells which machine a line is about',
    ],
  ])('says why nothing of %j can be used', (text, reason) => {
    expect(readMachineList(text)).toMatchObject({ machines: [], problems: [{ line: 1, reason }] });
  });

  it('tells of a column that is there twice, and takes the first', () => {
    const list = read('mac,Room,room', '52:54:00:aa:00:01,1,2');
    expect(list.machines[0]?.values).toEqual({ room: '1' });
    expect(list.problems).toEqual([{ line: 1, reason: 'the column "room" is there twice; the first one counts' }]);
  });

  it('keeps no more machines than it may', () => {
    const line = (index: number): string => `S-${index}-x`;
    const list = read('serial', ...Array.from({ length: mostListedMachines + 5 }, (_, index) => line(index)));
    expect(list.machines).toHaveLength(mostListedMachines);
    expect(list.problems.at(-1)).toEqual({
      line: mostListedMachines + 2,
      reason: `the list goes on beyond ${mostListedMachines + 1} lines`,
    });
  });

  it('gives values no name that an object has by itself', () => {
    const { machines, columns } = read('mac,__proto__,constructor', '52:54:00:aa:00:01,a,b');
    expect(columns.map(({ name }) => name)).toEqual(['proto', 'constructor']);
    expect(Object.entries(machines[0]?.values ?? {})).toEqual([
      ['proto', 'a'],
      ['constructor', 'b'],
    ]);
  });

  it('survives any text, and names a line for each thing that it left out', () => {
    const cell = fc.constantFrom(
      'mac',
      'serial',
      '52:54:00:aa:00:01',
      'S-1',
      '"',
      '""',
      ',',
      ';',
      '\t',
      '\r',
      '\n',
      '\0',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(cell, { maxLength: 60 }).map((cells) => cells.join('')),
        ),
        (text) => {
          const list = readMachineList(text);
          const lastLine = text.split(/\r\n|\r|\n/).length;
          for (const { line, reason } of list.problems) {
            expect(line).toBeLessThanOrEqual(lastLine);
            expect(reason).not.toBe('');
          }
        },
      ),
    );
  });

  it('stops where a list has too many broken lines', () => {
    const list = readMachineList(`mac\n${'"a\n'.repeat(600_000)}`);
    expect(list.problems[0]?.reason).toBe('there is text behind a closing quotation mark (in line 3)');
    expect(list.problemCount).toBe(mostListedMachines + 1);
  });
});

describe('the text of a list', () => {
  it.each([
    ['UTF-8', Buffer.from('Büro')],
    ['UTF-16, little-endian', Buffer.from('\uFEFFBüro', 'utf16le')],
    ['UTF-16, big-endian', Buffer.from('\uFEFFBüro', 'utf16le').swap16()],
    ['Windows-1252', Buffer.from('Büro', 'latin1')],
  ])('is read as %s', (_encoding, bytes) => {
    expect(decodeText(bytes)).toBe('Büro');
  });
});

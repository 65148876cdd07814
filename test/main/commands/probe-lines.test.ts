import { describe, expect, it } from 'vitest';
import { formatCheck } from '../../../main/commands/doctor.ts';
import { formatProbe } from '../../../main/commands/probe.ts';

describe('formatProbe', () => {
  const result = {
    interfaceName: 'eth0',
    durationMs: 3500,
    proposedMode: 'none',
    reason: 'Somebody answers.',
  } as const;

  it('lists who answered, then what follows', () => {
    const servers = [
      { address: '10.0.0.1', kind: 'dhcp', mac: 'aa:bb:cc:00:11:22', vendor: 'AVM', offeredAddress: '10.0.0.50' },
      { address: '10.0.0.2', kind: 'proxy', bootFile: 'x\u001b[2J' },
    ] as const;
    expect(formatProbe({ ...result, servers: [...servers] })).toEqual([
      'SERVER    KIND       MAC                VENDOR  OFFERED    BOOT FILE',
      '10.0.0.1  DHCP       aa:bb:cc:00:11:22  AVM     10.0.0.50  -',
      '10.0.0.2  ProxyDHCP  -                  -       -          x\\u001b[2J',
      'Somebody answers.',
    ]);
  });

  it('is one sentence where nobody did', () => {
    expect(formatProbe({ ...result, servers: [] })).toEqual(['Somebody answers.']);
  });
});

describe('formatCheck', () => {
  const check = { id: 'link', title: 'Cable and link', detail: 'eth0 has a link.', required: true } as const;
  it.each([
    [{ ...check, state: 'passed', advice: 'x' }, ['ok    Cable and link: eth0 has a link.']],
    [
      { ...check, state: 'failed', advice: 'Plug it in.' },
      ['FAIL  Cable and link: eth0 has a link.', '      Plug it in.'],
    ],
    [{ ...check, state: 'warning' }, ['note  Cable and link: eth0 has a link.']],
  ] as const)('%j', (shown, lines) => expect(formatCheck(shown)).toEqual(lines));
});

import { describe, expect, it } from 'vitest';
import type { StationState } from '../../../main/contract/state.ts';
import { glanceAt } from '../../../main/host/session-glance.ts';

type Session = StationState['session'];
type Client = StationState['clients'][number];

const session = (state: string): Session => ({ state }) as Session;
const clients = (...stages: string[]): Client[] => stages.map((stage) => ({ stage }) as Client);

describe('glanceAt', () => {
  it.each([
    ['no session', null, clients('kernel'), { running: false, booting: 0 }],
    ['a session over', session('stopped'), clients('kernel'), { running: false, booting: 0 }],
    ['a session that waits', session('running'), [], { running: true, booting: 0 }],
    ['one that starts', session('starting'), [], { running: true, booting: 0 }],
    ['one that stops', session('stopping'), clients('kernel'), { running: true, booting: 1 }],
    [
      'machines that are on their way, and others',
      session('running'),
      clients('power-on', 'dhcp', 'loader', 'menu', 'kernel', 'initrd', 'system-files', 'running', 'done'),
      { running: true, booting: 6 },
    ],
  ])('%s', (_what, session, clients, expected) => {
    expect(glanceAt({ session, clients })).toEqual(expected);
  });
});

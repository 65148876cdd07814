import { expect, it } from 'vitest';
import type { EngineEvent } from '../../../main/contract/events.ts';
import type { SessionState } from '../../../main/contract/session.ts';
import { sessionAfter } from '../../../main/station/session-after.ts';

const session: SessionState = {
  id: 'one',
  state: 'running',
  rehearsal: false,
  draft: {
    imageId: 'debian',
    interfaceName: 'eth0',
    entryId: 'install',
    extraArguments: '',
    approval: { kind: 'approved' },
    afterBoot: 'local-disk',
    override: false,
  },
  imageName: 'Debian',
  entryTitle: 'Install',
  destructive: true,
  startedAtMs: 1,
};
const trouble = { code: 'E_NO_DHCP_SERVER', title: 'None.', advice: 'Plug it in.' };
const at = 2;

it.each<[string, SessionState | null, EngineEvent, SessionState | undefined]>([
  [
    'its mode, once decided',
    session,
    { type: 'session.mode', at, mode: 'proxy', reason: 'A router.' },
    { ...session, mode: 'proxy', modeReason: 'A router.' },
  ],
  ['a trouble', session, { type: 'engine.trouble', at, ...trouble }, { ...session, trouble }],
  [
    'the end of its trouble',
    { ...session, trouble },
    { type: 'engine.trouble-over', at, code: trouble.code, title: 'Over.' },
    session,
  ],
  [
    'the end of another trouble',
    { ...session, trouble },
    { type: 'engine.trouble-over', at, code: 'E_X', title: 'Over.' },
    undefined,
  ],
  [
    'the end of a trouble that nobody saw',
    session,
    { type: 'engine.trouble-over', at, code: trouble.code, title: 'Over.' },
    undefined,
  ],
  ['what is about one machine', session, { type: 'client.approved', at, mac: '52:54:00:00:00:01' }, undefined],
  ['anything while there is none', null, { type: 'engine.trouble', at, ...trouble }, undefined],
])('%s', (_, before, event, after) => expect(sessionAfter(before, event)).toEqual(after));

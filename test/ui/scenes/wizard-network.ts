import { StationError } from '../../../main/contract/errors.ts';
import type { ProbeResult } from '../../../main/contract/session.ts';
import type { Scene } from './scene.ts';
import { benchStation, container, officeNetwork, unplugged, usbAdapter, wiredBench, wireless } from './station.ts';
import { debian, onBench, ready, answers } from './wizard-answers.ts';

const foreign = ({ interfaceName }: { interfaceName: string }): ProbeResult => ({
  interfaceName,
  servers: [
    {
      address: '192.168.178.1',
      mac: '5c:49:79:10:22:6e',
      vendor: 'AVM',
      kind: 'dhcp',
      offeredAddress: '192.168.178.61',
    },
  ],
  durationMs: 640,
  proposedMode: 'none',
  reason: 'This wire belongs to a network that has a DHCP server of its own.',
});

/** Step 2 in all its states. */
export const wizardNetworkScenes: readonly Scene[] = [
  { name: 'wizard-network', state: benchStation, draft: { ...debian, step: 'network' }, answers },
  {
    name: 'wizard-network-chosen',
    state: benchStation,
    draft: { ...onBench, step: 'network' },
    answers,
    act: async (page) => {
      await page.getByText('Nobody else').waitFor();
    },
  },
  {
    name: 'wizard-network-given',
    state: benchStation,
    draft: { ...ready, step: 'network' },
    answers,
    act: async (page) => {
      await page.getByText('Nobody else').waitFor();
    },
    inReadme: 'light',
  },
  {
    name: 'wizard-network-foreign',
    state: benchStation,
    draft: { ...debian, interfaceName: usbAdapter.name, step: 'network' },
    answers: { 'interfaces.probe': foreign },
    act: async (page) => {
      await page.getByText('other server answers').waitFor();
    },
  },
  {
    name: 'wizard-network-shared',
    state: { ...benchStation, interfaces: [wiredBench, officeNetwork, unplugged, wireless] },
    draft: { ...debian, interfaceName: officeNetwork.name, step: 'network' },
    answers: {
      'interfaces.probe': (arg) => ({
        ...foreign(arg),
        proposedMode: 'proxy',
        reason:
          '192.168.178.1 (AVM) already hands out addresses on enp5s0, so this station only tells machines what to boot (ProxyDHCP).',
      }),
    },
    act: async (page) => {
      await page.getByText('Who gives out addresses').first().waitFor();
    },
  },
  {
    name: 'wizard-network-probing',
    state: benchStation,
    draft: { ...onBench, step: 'network' },
    answers: { 'interfaces.probe': () => 'never' },
  },
  {
    name: 'wizard-network-probe-failed',
    state: benchStation,
    draft: { ...onBench, step: 'network' },
    answers: {
      'interfaces.probe': () => new StationError('E_NO_PRIVILEGE', { port: 68, protocol: 'UDP', platform: 'linux' }),
    },
  },
  {
    name: 'wizard-network-unplugged',
    state: { ...benchStation, interfaces: [unplugged, wireless, container] },
    draft: { ...debian, interfaceName: unplugged.name, step: 'network' },
    answers,
  },
  {
    name: 'wizard-network-none-fit',
    state: { ...benchStation, interfaces: [wireless, container] },
    draft: { ...debian, step: 'network' },
  },
  {
    name: 'wizard-network-none',
    state: { ...benchStation, interfaces: [] },
    draft: { ...debian, step: 'network' },
  },
];

import type { PreflightCheck } from '../../../main/contract/session.ts';
import type { SceneAnswers } from './scene.ts';
import { debianInstaller, wiredBench } from './station.ts';

/** What was chosen in the wizard so far. */
export const debian = { imageId: debianInstaller.id };
export const onBench = { ...debian, interfaceName: wiredBench.name };
export const ready = { ...onBench, address: '192.168.77.1/24' };

const alone: SceneAnswers['interfaces.probe'] = ({ interfaceName }) => ({
  interfaceName,
  servers: [],
  durationMs: 3100,
  proposedMode: 'dhcp',
  reason: 'Four kinds of request went unanswered for 3 seconds, so this station gives out the addresses.',
});

const passed = (id: PreflightCheck['id'], title: string, detail: string): PreflightCheck => ({
  id,
  title,
  detail,
  state: 'passed',
  required: true,
});

const allPassed: readonly PreflightCheck[] = [
  passed('link', 'The cable is plugged in', 'enp3s0 is connected at 1 Gb/s.'),
  passed('interface-fit', 'The interface is fit for a bench', 'It is wired and leads to no other network.'),
  passed('address', 'The interface has an address', 'It gets 192.168.77.1/24 when the session starts.'),
  passed('foreign-dhcp', 'No other DHCP server', 'Nobody answered for 3 seconds.'),
  passed('ports', 'The ports are free', 'UDP 67, 69 and 4011 and TCP 80 can be opened.'),
  passed('loaders', 'The boot loaders are there', '7 loaders, each with its pinned SHA-256.'),
  passed('image', 'The image is readable', 'Debian 13.1 netinst, 821 MB, unchanged since it was added.'),
  passed('disk-space', 'There is room for the boot tree', '112 MB of 48.2 GB.'),
  passed('pool', 'There are addresses for the machines', '192.168.77.100 to 192.168.77.200: 101 machines.'),
];

/** All passed but this one. */
export const withCheck = (changed: Partial<PreflightCheck> & Pick<PreflightCheck, 'id'>): PreflightCheck[] =>
  allPassed.map((check) => (check.id === changed.id ? { ...check, ...changed } : check));

/** Everything is as it should be. */
export const answers: SceneAnswers = {
  'interfaces.probe': alone,
  'session.preflight': () => ({ checks: [...allPassed], ready: true }),
};

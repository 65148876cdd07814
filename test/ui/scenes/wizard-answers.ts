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
  passed('link', 'Cable and link', 'enp3s0 has a link at 1000 Mbit/s.'),
  passed('interface-fit', 'Interface', 'It is wired and leads to no other network.'),
  passed('address', 'Address of this station', 'enp3s0 is given 192.168.77.1/24 for the session.'),
  passed(
    'foreign-dhcp',
    'Other DHCP servers',
    'No other DHCP server answered on enp3s0 in 4.0 s, so this station hands out the addresses.',
  ),
  passed('ports', 'Network ports', 'The ports for DHCP, TFTP and HTTP are free.'),
  passed('loaders', 'Boot loaders', 'All 26 boot loaders are there and as pinned.'),
  passed('image', 'Image', 'Debian 13.1 netinst is readable.'),
  passed('disk-space', 'Disk space', 'The boot tree needs 112 MB; 48.2 GB are free.'),
  passed('pool', 'Addresses for machines', 'Machines get addresses from 192.168.77.103 to 192.168.77.254.'),
];

/** All passed but this one. */
export const withCheck = (changed: Partial<PreflightCheck> & Pick<PreflightCheck, 'id'>): PreflightCheck[] =>
  allPassed.map((check) => (check.id === changed.id ? { ...check, ...changed } : check));

/** Everything is as it should be. */
export const answers: SceneAnswers = {
  'interfaces.probe': alone,
  'session.preflight': () => ({ checks: [...allPassed], ready: true }),
};

import { StationError } from '../../../main/contract/errors.ts';
import type { PreflightCheck } from '../../../main/contract/session.ts';
import type { LibraryImage } from '../../../main/contract/state.ts';
import { type Scene, type SceneAnswers, sceneNowMs } from './scene.ts';
import {
  benchStation,
  container,
  debianInstaller,
  emptyStation,
  libraryImage,
  memoryTest,
  rescueSystem,
  unknownImage,
  unplugged,
  usbAdapter,
  wiredBench,
  wireless,
} from './station.ts';

const debian = { imageId: debianInstaller.id };
const onBench = { ...debian, interfaceName: wiredBench.name };
const ready = { ...onBench, address: '192.168.77.1/24' };

const alone: SceneAnswers['interfaces.probe'] = ({ interfaceName }) => ({
  interfaceName,
  servers: [],
  durationMs: 3100,
  proposedMode: 'dhcp',
  reason: 'Four kinds of request went unanswered for 3 seconds, so this station gives out the addresses.',
});

const foreign: SceneAnswers['interfaces.probe'] = ({ interfaceName }) => ({
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

const withCheck = (changed: Partial<PreflightCheck> & Pick<PreflightCheck, 'id'>): PreflightCheck[] =>
  allPassed.map((check) => (check.id === changed.id ? { ...check, ...changed } : check));

const answers: SceneAnswers = {
  'interfaces.probe': alone,
  'session.preflight': () => ({ checks: [...allPassed], ready: true }),
};

const inState = (own: Partial<LibraryImage>): LibraryImage => libraryImage(debianInstaller, own);
const others = [libraryImage(rescueSystem), libraryImage(memoryTest)];

const crowdedImages = Array.from({ length: 24 }, (_, index) => {
  const of = [debianInstaller, rescueSystem, memoryTest, unknownImage][index % 4] ?? debianInstaller;
  return libraryImage({ ...of, id: `${of.id}-${index}` }, { name: `${of.name} (copy ${index + 1})` });
});

const folder = (names: readonly string[]) =>
  names.map((name) => ({ name, path: `/home/sam/${name}`, type: 'folder' as const }));

export const wizardScenes: readonly Scene[] = [
  { name: 'wizard-image-empty', state: { ...emptyStation, interfaces: benchStation.interfaces } },
  { name: 'wizard-image-library', state: benchStation },
  { name: 'wizard-image-chosen', state: benchStation, draft: debian, inReadme: true },
  { name: 'wizard-image-harmless', state: benchStation, draft: { imageId: rescueSystem.id } },
  {
    name: 'wizard-image-hashing',
    state: {
      ...benchStation,
      tasks: [
        {
          id: 'hash-1',
          kind: 'hash',
          imageId: debianInstaller.id,
          doneBytes: 512_000_000,
          totalBytes: debianInstaller.sizeBytes,
          bytesPerSecond: 611_000_000,
        },
      ],
    },
    draft: debian,
  },
  {
    name: 'wizard-image-checksum-matches',
    state: {
      ...benchStation,
      images: [
        inState({
          sha256: '658b28e209b578fe788ec5867deebae57b6aac5fce3692bbb116bab9c65568b3',
          checksum: { source: 'SHA256SUMS', matches: true },
        }),
        ...others,
      ],
    },
    draft: debian,
    act: async (page) => {
      await page.getByText('Matches').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'wizard-image-checksum-differs',
    state: {
      ...benchStation,
      images: [
        inState({
          sha256: '658b28e209b578fe788ec5867deebae57b6aac5fce3692bbb116bab9c65568b3',
          checksum: { source: 'the pasted value', matches: false },
        }),
        ...others,
      ],
    },
    draft: debian,
    act: async (page) => {
      await page.getByText('Differs from').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'wizard-image-unknown',
    state: { ...benchStation, images: [libraryImage(unknownImage), ...benchStation.images] },
    draft: { imageId: unknownImage.id },
  },
  {
    name: 'wizard-image-reading',
    state: {
      ...benchStation,
      images: [{ ...inState({ state: 'checking' }), description: undefined }, ...others],
    },
    draft: debian,
  },
  {
    name: 'wizard-image-damaged',
    state: {
      ...benchStation,
      images: [
        inState({
          state: 'unreadable',
          problem: new StationError('E_IMAGE_TRUNCATED', {
            path: debianInstaller.path,
            expectedBytes: 821_035_008,
            actualBytes: 300_000_000,
          }).toReport(),
        }),
        ...others,
      ],
    },
    draft: debian,
  },
  {
    name: 'wizard-image-refused',
    state: benchStation,
    answers: {
      'files.list': () => ({
        folder: '/home/sam/Downloads',
        parent: '/home/sam',
        shortcuts: [],
        entries: [{ name: 'archive.iso', path: '/home/sam/Downloads/archive.iso', type: 'image', sizeBytes: 4096 }],
      }),
      'images.add': ({ path }) => new StationError('E_NOT_AN_ISO', { path, looksLike: 'a ZIP archive' }),
    },
    act: async (page) => {
      await page.getByRole('button', { name: 'Choose a file' }).click();
      await page.getByText('archive.iso').dblclick();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'wizard-image-browse',
    state: benchStation,
    answers: {
      'files.list': () => ({
        folder: '/home/sam/Downloads',
        parent: '/home/sam',
        shortcuts: [
          { name: 'Downloads', path: '/home/sam/Downloads' },
          { name: 'Home', path: '/home/sam' },
          { name: 'KINGSTON', path: '/media/sam/KINGSTON' },
        ],
        entries: [
          ...folder(['drivers', 'kits']),
          ...[debianInstaller, rescueSystem, memoryTest].map((image, index) => ({
            name: `${image.id}.iso`,
            path: image.path,
            type: 'image' as const,
            sizeBytes: image.sizeBytes,
            modifiedAtMs: sceneNowMs - index * 86_400_000 * 9,
          })),
        ],
      }),
    },
    act: async (page) => {
      await page.getByRole('button', { name: 'Choose a file' }).click();
      await page.getByText(`${debianInstaller.id}.iso`).click();
    },
  },
  {
    name: 'wizard-image-crowded',
    state: { ...benchStation, images: crowdedImages },
    draft: { imageId: crowdedImages[5]?.id },
  },
  {
    name: 'wizard-image-hostile',
    state: {
      ...benchStation,
      images: [
        libraryImage(
          {
            ...debianInstaller,
            volumeLabel: '\u202Etxt.exe\u0000<script>alert(1)</script>',
            path: `/home/sam/${'<img src=x onerror=alert(1)>'.repeat(400)}.iso`,
            evidence: ['<b>bold</b> \u2066isolated\u2069 \u001B[31mred'],
          },
          { name: `\u202Egnp.${'A'.repeat(10_000)}` },
        ),
        ...others,
      ],
    },
    draft: debian,
  },
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
    inReadme: true,
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
  { name: 'wizard-boot', state: benchStation, draft: { ...ready, step: 'boot' }, inReadme: true },
  {
    name: 'wizard-boot-every-machine',
    state: benchStation,
    draft: {
      ...ready,
      step: 'boot',
      approval: 'every-machine',
      extraArguments: 'auto=true priority=critical netcfg/choose_interface=auto',
      answerFile: { name: 'bench.preseed.cfg', text: 'd-i debian-installer/locale string en_GB\n'.repeat(80) },
    },
  },
  {
    name: 'wizard-boot-listed',
    state: benchStation,
    draft: {
      ...ready,
      step: 'boot',
      approval: 'listed',
      listedMacs: '3c:97:0e:52:1a:07\n00-1B-21-AA-BB-CC\n0011.2233.4455\nnot-a-mac',
    },
  },
  {
    name: 'wizard-start-ready',
    state: benchStation,
    draft: { ...ready, step: 'start' },
    answers,
    act: async (page) => {
      await page.getByText('Ready to start').waitFor();
    },
    inReadme: true,
  },
  {
    name: 'wizard-start-harmless',
    state: benchStation,
    draft: { ...ready, imageId: memoryTest.id, step: 'start', afterBoot: 'boot-again' },
    answers,
    act: async (page) => {
      await page.getByText('Ready to start').waitFor();
    },
  },
  {
    name: 'wizard-start-blocked',
    state: benchStation,
    draft: { ...onBench, step: 'start' },
    answers: {
      'session.preflight': () => ({
        checks: withCheck({
          id: 'address',
          state: 'failed',
          detail: 'enp3s0 has no IPv4 address.',
          advice: 'Let Fieldboot give it one for the session.',
          fix: 'assign-address',
        }),
        ready: false,
      }),
    },
    act: async (page) => {
      await page.getByText('must pass first').waitFor();
    },
  },
  {
    name: 'wizard-start-foreign',
    state: benchStation,
    draft: { ...ready, step: 'start' },
    answers: {
      'session.preflight': () => ({
        checks: withCheck({
          id: 'foreign-dhcp',
          title: 'Another DHCP server answers',
          state: 'failed',
          detail: '192.168.178.1 (AVM) offered 192.168.178.61 on enp3s0.',
          advice: 'Unplug the bench from that network, then check again.',
          fix: 'retry',
        }).map((check) =>
          check.id === 'ports'
            ? {
                ...check,
                state: 'warning' as const,
                detail: 'TCP 80 is taken by nginx; port 8080 is used instead.',
                required: false,
              }
            : check,
        ),
        ready: false,
      }),
    },
    act: async (page) => {
      await page.getByText('must pass first').waitFor();
    },
  },
  {
    name: 'wizard-start-checking',
    state: benchStation,
    draft: { ...ready, step: 'start' },
    answers: { 'session.preflight': () => 'never' },
  },
  {
    name: 'wizard-start-failed',
    state: benchStation,
    draft: { ...ready, step: 'start' },
    answers: {
      ...answers,
      'session.start': () =>
        new StationError('E_PORT_IN_USE', { port: 67, protocol: 'UDP', address: '0.0.0.0', owner: 'dnsmasq (812)' }),
    },
    act: async (page) => {
      await page.getByText('Ready to start').waitFor();
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      await page.getByRole('alert').waitFor();
    },
  },
];

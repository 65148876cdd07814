import { renderSVG } from 'uqr';
import { StationError } from '../../../main/contract/errors.ts';
import type { PastSession } from '../../../main/contract/session.ts';
import type { LibraryImage, StationState } from '../../../main/contract/state.ts';
import { monitorStation, runningSession } from './machines.ts';
import { type Scene, sceneNowMs } from './scene.ts';
import {
  benchStation,
  debianInstaller,
  emptyStation,
  libraryImage,
  memoryTest,
  rescueSystem,
  unknownImage,
} from './station.ts';

/** The library, past sessions and settings. */

const sha256 = '658b28e209b578fe788ec5867deebae57b6aac5fce3692bbb116bab9c65568b3';
const images: readonly LibraryImage[] = [
  libraryImage(debianInstaller, {
    sha256,
    checksum: { source: 'SHA256SUMS', matches: true },
    signature: {
      state: 'good',
      file: '/home/sam/Downloads/SHA256SUMS.sign',
      of: '/home/sam/Downloads/SHA256SUMS',
      by: 'Debian CD signing key <debian-cd@lists.debian.org>',
      key: 'DF9B9C49EAA9298432589D76DA87E80D6294BE9B',
    },
  }),
  libraryImage(rescueSystem),
  libraryImage(memoryTest, { sha256, checksum: { source: 'the pasted value', matches: false } }),
  libraryImage(unknownImage, { name: 'Vendor diagnostics', state: 'changed' }),
  libraryImage({ ...debianInstaller, id: 'ubuntu' }, { name: 'Ubuntu 25.10 desktop', state: 'missing' }),
  {
    ...libraryImage({ ...debianInstaller, id: 'damaged' }, { name: 'Windows 11 25H2', state: 'unreadable' }),
    description: undefined,
    problem: new StationError('E_IMAGE_TRUNCATED', {
      path: '/home/sam/Downloads/win11.iso',
      expectedBytes: 5_821_035_008,
      actualBytes: 3_000_000_000,
    }).toReport(),
  },
];

const hashing: StationState['tasks'] = [
  {
    id: 'hash-1',
    kind: 'hash',
    imageId: rescueSystem.id,
    doneBytes: 512_000_000,
    totalBytes: rescueSystem.sizeBytes,
    bytesPerSecond: 611_000_000,
  },
];

const library: StationState = { ...benchStation, images: [...images], tasks: hashing };

const crowded = Array.from({ length: 40 }, (_, index) => {
  const of = [debianInstaller, rescueSystem, memoryTest, unknownImage][index % 4] ?? debianInstaller;
  return libraryImage({ ...of, id: `${of.id}-${index}` }, { name: `${of.name} (copy ${index + 1})` });
});

const past = (index: number, own: Partial<PastSession> = {}): PastSession => ({
  id: `s-${index}`,
  imageName: debianInstaller.name,
  entryTitle: 'Graphical install',
  interfaceName: 'enp3s0',
  rehearsal: false,
  startedAtMs: sceneNowMs - index * 17_400_000,
  endedAtMs: sceneNowMs - index * 17_400_000 + 2_580_000 + index * 311_000,
  machines: 24,
  finished: 24 - (index % 3),
  draft: runningSession.draft,
  ...own,
});

const pastSessions: readonly PastSession[] = [
  past(1, { endedAtMs: undefined, machines: 12, finished: 5 }),
  past(2),
  past(3, { rehearsal: true, imageName: 'Rehearsal', entryTitle: '24 simulated machines', interfaceName: 'lo' }),
  past(4, {
    imageName: rescueSystem.name,
    entryTitle: 'Boot SystemRescue using default options',
    machines: 1,
    finished: 1,
  }),
  past(5, { imageName: memoryTest.name, entryTitle: 'Test the memory', machines: 0, finished: 0 }),
  past(6),
  past(14, { machines: 187, finished: 180 }),
];

const hostileText = `\u202Egnp.<script>alert(1)</script>${'B'.repeat(10_000)}`;

const url = 'http://10.20.4.117:43817/#token=Zk3v9QpXw7LmT2rY';

const readOnly = { ...benchStation.station, readOnly: true };

export const placesScenes: readonly Scene[] = [
  { name: 'library', hash: '#/library', state: library, inReadme: 'light' },
  {
    name: 'library-changed',
    hash: '#/library',
    state: library,
    act: async (page) => {
      await page.getByRole('button', { name: /Vendor diagnostics/ }).click();
    },
  },
  {
    name: 'library-unreadable',
    hash: '#/library',
    state: library,
    act: async (page) => {
      await page.getByRole('button', { name: /Windows 11/ }).click();
    },
  },
  {
    name: 'library-hashing',
    hash: '#/library',
    state: library,
    act: async (page) => {
      await page.getByRole('button', { name: /SystemRescue/ }).click();
    },
  },
  {
    name: 'library-rename',
    hash: '#/library',
    state: library,
    act: async (page) => {
      await page.getByRole('button', { name: 'Rename' }).click();
    },
  },
  {
    name: 'library-remove',
    hash: '#/library',
    state: { ...library, session: runningSession },
    act: async (page) => {
      await page.getByRole('button', { name: 'Remove' }).click();
    },
  },
  { name: 'library-empty', hash: '#/library', state: emptyStation },
  { name: 'library-crowded', hash: '#/library', state: { ...benchStation, images: crowded } },
  {
    name: 'library-hostile',
    hash: '#/library',
    state: {
      ...benchStation,
      images: [libraryImage({ ...debianInstaller, version: hostileText }, { name: hostileText })],
    },
  },
  { name: 'library-read-only', hash: '#/library', state: { ...library, station: readOnly } },
  { name: 'sessions', hash: '#/sessions', state: { ...benchStation, sessions: [...pastSessions] } },
  { name: 'sessions-empty', hash: '#/sessions', state: emptyStation },
  {
    name: 'sessions-running',
    hash: '#/sessions',
    state: {
      ...monitorStation,
      sessions: [
        past(0, { id: runningSession.id, startedAtMs: runningSession.startedAtMs, endedAtMs: undefined }),
        ...pastSessions,
      ],
    },
  },
  {
    name: 'sessions-remove',
    hash: '#/sessions',
    state: { ...benchStation, sessions: [...pastSessions] },
    act: async (page) => {
      await page
        .getByRole('button', { name: /^More about/ })
        .nth(1)
        .click();
      await page.getByRole('menuitem', { name: 'Remove' }).click();
    },
  },
  {
    name: 'sessions-hostile',
    hash: '#/sessions',
    state: {
      ...benchStation,
      sessions: [past(2, { imageName: hostileText, entryTitle: hostileText, interfaceName: hostileText })],
    },
  },
  { name: 'settings', hash: '#/settings', state: benchStation },
  {
    name: 'settings-sharing',
    hash: '#/settings',
    state: { ...benchStation, sharing: { url, qrSvg: renderSVG(url, { border: 2 }) } },
  },
  {
    name: 'settings-sharing-failed',
    hash: '#/settings',
    state: benchStation,
    answers: { 'sharing.start': () => new StationError('E_NO_SHARING_ADDRESS', {}) },
    act: async (page) => {
      await page.getByRole('switch').click();
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'settings-read-only', hash: '#/settings', state: { ...benchStation, station: readOnly } },
  { name: 'shell-read-only-idle', state: { ...benchStation, station: readOnly } },
];

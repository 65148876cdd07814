import { StationError } from '../../../main/contract/errors.ts';
import type { LibraryImage } from '../../../main/contract/state.ts';
import { type Scene, sceneNowMs } from './scene.ts';
import {
  emptyStation,
  benchStation,
  debianInstaller,
  libraryImage,
  memoryTest,
  rescueSystem,
  freebsd,
  unknownImage,
} from './station.ts';
import { debian } from './wizard-answers.ts';

const inState = (own: Partial<LibraryImage>): LibraryImage => libraryImage(debianInstaller, own);
const others = [libraryImage(rescueSystem), libraryImage(memoryTest)];

const crowdedImages = Array.from({ length: 24 }, (_, index) => {
  const of = [debianInstaller, rescueSystem, memoryTest, unknownImage][index % 4] ?? debianInstaller;
  return libraryImage({ ...of, id: `${of.id}-${index}` }, { name: `${of.name} (copy ${index + 1})` });
});

const folder = (names: readonly string[]) =>
  names.map((name) => ({ name, path: `/home/sam/${name}`, type: 'folder' as const }));

/** Step 1 in all its states. */
export const wizardImageScenes: readonly Scene[] = [
  { name: 'wizard-image-empty', state: { ...emptyStation, interfaces: benchStation.interfaces } },
  { name: 'wizard-image-library', state: benchStation },
  { name: 'wizard-image-chosen', state: benchStation, draft: debian, inReadme: 'light' },
  { name: 'wizard-image-harmless', state: benchStation, draft: { imageId: rescueSystem.id } },
  {
    name: 'wizard-image-kept-ready',
    state: benchStation,
    draft: debian,
    act: async (page) => {
      await page.getByText('3 files, 112 MB').click();
    },
  },
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
    name: 'wizard-image-cannot',
    state: { ...benchStation, images: [libraryImage(freebsd), ...benchStation.images] },
    draft: { imageId: freebsd.id },
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
  {
    name: 'wizard-rehearse',
    state: benchStation,
    act: async (page) => {
      await page.getByRole('button', { name: 'Rehearse without machines' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
];

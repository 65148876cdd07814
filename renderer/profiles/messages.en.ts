import { formatsOf } from '../language/formats.ts';

const format = formatsOf('en-GB');

export const profileMessages = {
  list: 'Profiles',
  empty: {
    title: 'No profiles yet',
    text: 'A profile keeps an image, its entry, the answer file and who may boot, as one file to use again or to take to another laptop. The last step of a session saves one.',
  },
  use: 'Use it',
  copy: 'Duplicate',
  rename: 'Rename',
  export: 'Export',
  import: 'Import a profile',
  remove: 'Remove',
  cancel: 'Cancel',
  tooLarge: 'That file is larger than 2 MB: it is no profile.',
  removeTitle: (name: string) => `Remove ${name}?`,
  removeText: 'Images and answer files stay in the library.',
  renameTitle: 'Rename the profile',
  name: 'Name',
  facts: {
    image: 'Image',
    entry: 'Boots',
    answer: 'Answer file',
    none: 'none',
    asks: 'Asks for',
    changed: 'Saved',
    sha256: 'SHA-256',
  },
  imageIs: {
    missing: 'Its image is not in the library',
    otherContent: 'The image in the library has other content',
    missingText: (name: string) =>
      `Add ${name} to the library, then choose the profile again. Its file may have any name.`,
    otherText: 'It has the same name and descriptors, and another SHA-256. Compare it before machines boot it.',
  },
  choose: {
    label: 'Profile',
    hint: 'Fills in all steps. What it does not know, such as secrets, is asked for.',
    none: 'Start from nothing',
    secrets: (count: number) => format.count(count, 'secret is asked for', 'secrets are asked for'),
  },
  save: {
    open: 'Save as a profile',
    title: 'Save as a profile',
    text: 'Image, entry, answer file, values and who may boot, without secrets and without the network.',
    save: 'Save',
    saved: (name: string) => `Saved as ${name}`,
    replaces: 'The profile of that name is replaced.',
  },
} as const;

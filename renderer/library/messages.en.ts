export const libraryMessages = {
  title: 'Library',
  lead: 'Images stay where they are on the disk; the library knows what they are and whether they changed.',
  filter: 'Filter images',
  empty: {
    title: 'No images yet',
    readOnly: 'Images are added on the computer that runs Fieldboot.',
  },
  noneFound: 'No image has that in its name.',
  list: 'Images',
  state: {
    checking: 'Being read',
    missing: 'The file is gone',
    changed: 'Another file is in its place',
    unreadable: 'Cannot be read',
  },
  checksum: { matches: 'Checksum matches', differs: 'Checksum differs', none: 'Not compared' },
  hashing: (percent: string) => `Reading, ${percent}`,
  boot: 'Boot machines with it',
  rename: {
    action: 'Rename',
    title: 'Rename the image',
    label: 'Name',
    hint: 'Only its name here; the file keeps its own.',
    save: 'Rename',
  },
  remove: {
    action: 'Remove',
    title: (name: string) => `Remove ${name} from the library?`,
    text: 'The file stays on the disk. Its name and its checksum result are forgotten.',
    inUse: 'A session boots machines with it right now. Stop that session first.',
    remove: 'Remove',
  },
  problem: {
    missing: 'Put the file back where it was, or remove the image from the library and add it again.',
    changed: 'Add the file once more to take it as a new image, or put the old one back.',
  },
  cancel: 'Cancel',
} as const;

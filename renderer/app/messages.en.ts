import { formatsOf } from '../language/formats.ts';

const format = formatsOf('en-GB');

/** What the shell says. Each screen has a catalogue of its own beside it; see messages.ts. */
export const appMessages = {
  name: 'Fieldboot',
  nav: {
    label: 'Main',
    station: 'Station',
    library: 'Library',
    sessions: 'Sessions',
    settings: 'Settings',
  },
  lamp: {
    idle: 'Ready',
    starting: 'Starting',
    running: 'Serving',
    stopping: 'Stopping',
    failed: 'Stopped by a failure',
    lost: 'No answer',
    on: (interfaceName: string) => `on ${interfaceName}`,
    rehearsal: 'Rehearsal',
    readOnly: 'Read-only',
  },
  connecting: 'Looking for the station',
  lost: {
    title: 'The station does not answer. Trying again',
    text: 'You see what was known last. Machines that boot go on while the station runs.',
    retry: 'Try now',
  },
  refused: {
    title: 'This address is not valid any more',
    text: 'The station was started again, or the address was not copied whole. Open the address that Fieldboot prints when it starts.',
    retry: 'Try again',
  },
  resume: {
    title: 'The last session was cut off',
    text: (session: { imageName: string; interfaceName: string; startedAtMs: number }) =>
      `${session.imageName} on ${session.interfaceName}, started ${format.date(session.startedAtMs)}.`,
    resume: 'Resume it',
    dismiss: 'Leave it ended',
  },
  broken: {
    title: 'This screen failed',
    text: 'The station goes on, and so do the machines that boot. Show the screen again; if it fails once more, please report it.',
    again: 'Show it again',
  },
  close: 'Close',
  cancel: 'Cancel',
} as const;

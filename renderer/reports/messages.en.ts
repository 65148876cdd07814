import { formatsOf } from '../language/formats.ts';

const format = formatsOf('en-GB');

export const sessionsMessages = {
  title: 'Sessions',
  lead: 'What was booted here, where and when. Start any of it again with the same choices.',
  empty: {
    title: 'No sessions yet',
    text: 'Each session that you start is written down here, with its machines and how many finished.',
  },
  list: 'Past sessions',
  running: 'Runs now',
  rehearsal: 'Rehearsal',
  cutOff: 'Cut off',
  finished: (finished: number, machines: number) =>
    machines === 0
      ? 'no machines'
      : `${format.number(finished)} of ${format.count(machines, 'machine', 'machines')} finished`,
  on: (interfaceName: string) => `on ${interfaceName}`,
  again: 'Start again',
  againTitle: 'Puts the same choices into the wizard, for you to look over before the start.',
  show: 'Show',
  resume: 'Resume',
  dismiss: 'Leave it ended',
  more: (image: string) => `More about ${image}`,
  remove: {
    action: 'Remove',
    title: 'Remove this session from the list?',
    text: (image: string, date: string) => `${image}, ${date}. What is written down about it is deleted.`,
    remove: 'Remove',
    cancel: 'Cancel',
  },
} as const;

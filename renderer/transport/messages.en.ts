export const transportMessages = {
  timedOut: {
    code: 'E_STATION_SILENT',
    title: 'The station did not answer in time.',
    advice: 'It may be busy. Try again; what you entered is kept.',
  },
  cutOff: {
    code: 'E_STATION_LOST',
    title: 'The station went away before it answered.',
    advice: 'This screen connects again by itself. Then look whether it was done, and try again if not.',
  },
  notConnected: {
    code: 'E_STATION_LOST',
    title: 'The station does not answer.',
    advice: 'This screen connects again by itself. Try again then.',
  },
} as const;

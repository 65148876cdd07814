import type { StationState } from '../../../main/contract/state.ts';

/** A station that knows nothing yet. */
export const emptyState: StationState = {
  station: {
    version: '0.0.0',
    platform: 'linux',
    hostName: 'bench',
    capabilities: { nativeDialogs: false, assignAddress: true, serve: true },
    readOnly: false,
  },
  settings: { theme: 'system', language: 'en' },
  interfaces: [],
  images: [],
  answers: [],
  profiles: [],
  tasks: [],
  session: null,
  machines: [],
  clients: [],
  log: [],
  throughput: [],
  sessions: [],
  sharing: null,
};

import { createStore } from 'zustand/vanilla';
import { applyChange } from '../../main/contract/changes.ts';
import type { StationState } from '../../main/contract/state.ts';
import type { Connection, Transport } from '../transport/transport.ts';

export interface StationStore {
  readonly connection: Connection;
  /** Undefined until the first snapshot; then the last known one, also while the line is cut. */
  readonly station: StationState | undefined;
}

/** Holds what the station tells. Nothing on a screen changes it: screens call, and the station's change comes back. */
export function createStationStore(transport: Transport) {
  const store = createStore<StationStore>(() => ({ connection: { state: 'connecting' }, station: undefined }));
  transport.listen({
    onConnection: (connection) => store.setState({ connection }),
    onSnapshot: (station) => store.setState({ station }),
    onChange: (change) =>
      store.setState(({ station }) => (station === undefined ? {} : { station: applyChange(station, change) })),
  });
  return store;
}

import { describe, expect, it } from 'vitest';
import type { StationState } from '../../../main/contract/state.ts';
import { createStationStore } from '../../../renderer/store/station-store.ts';
import type { StationListener, Transport } from '../../../renderer/transport/transport.ts';

describe('createStationStore', () => {
  it('holds the snapshot, follows changes, and keeps the last known state while the line is cut', () => {
    let station: StationListener | undefined;
    const transport: Transport = {
      call: () => Promise.reject(new Error('not here')),
      listen: (listener) => {
        station = listener;
      },
      retry: () => {},
      close: () => {},
    };
    const store = createStationStore(transport);
    expect(store.getState()).toEqual({ connection: { state: 'connecting' }, station: undefined });

    station?.onChange({ event: 'sharing.changed', value: null });
    expect(store.getState().station).toBeUndefined();

    station?.onSnapshot({ settings: { theme: 'light', language: 'en' }, sharing: null } as StationState);
    station?.onConnection({ state: 'open' });
    station?.onChange({ event: 'settings.changed', value: { theme: 'dark', language: 'en' } });
    station?.onConnection({ state: 'lost' });
    expect(store.getState()).toMatchObject({
      connection: { state: 'lost' },
      station: { settings: { theme: 'dark' } },
    });
  });
});

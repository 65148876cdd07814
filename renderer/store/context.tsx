import { createContext, type ReactNode, useCallback, useContext } from 'react';
import { useStore } from 'zustand';
import type { Settings, StationState } from '../../main/contract/state.ts';
import type { Connection, Transport } from '../transport/transport.ts';
import type { createStationStore } from './station-store.ts';
import type { WizardDraft } from './wizard-draft.ts';
import type { createWizardStore } from './wizard-store.ts';

export interface Stores {
  readonly transport: Transport;
  readonly station: ReturnType<typeof createStationStore>;
  readonly wizard: ReturnType<typeof createWizardStore>;
}

const StoresContext = createContext<Stores | undefined>(undefined);

export function StoresProvider({ stores, children }: { stores: Stores; children: ReactNode }) {
  return <StoresContext value={stores}>{children}</StoresContext>;
}

function useStores(): Stores {
  const stores = useContext(StoresContext);
  if (stores === undefined) throw new Error('StoresProvider is missing');
  return stores;
}

/** A part of the station's state. Screens are shown only once there is a snapshot. */
export function useStation<Part>(select: (station: StationState) => Part): Part {
  return useStore(useStores().station, ({ station }) => {
    if (station === undefined) throw new Error('There is no snapshot yet');
    return select(station);
  });
}

/** Looks at the state at the moment of a click, without being drawn anew at each change. */
export function useLookAtStation(): () => StationState | undefined {
  const { station } = useStores();
  return useCallback(() => station.getState().station, [station]);
}

export function useHasSnapshot(): boolean {
  return useStore(useStores().station, ({ station }) => station !== undefined);
}

/** Undefined before the first snapshot. */
export function useSettings(): Settings | undefined {
  return useStore(useStores().station, ({ station }) => station?.settings);
}

export function useConnection(): Connection {
  return useStore(useStores().station, ({ connection }) => connection);
}

export function useTransport(): Transport {
  return useStores().transport;
}

export function useDraft(): WizardDraft {
  return useStore(useStores().wizard);
}

/** Changes the draft; the change sees the latest one. */
export function useChangeDraft(): (change: (draft: WizardDraft) => WizardDraft) => void {
  const { wizard } = useStores();
  return (change) => wizard.setState(change, true);
}

import { useStation } from '../store/context.tsx';

/** Whether this screen may let machines boot: it may touch, and there is a session to boot them in. */
export function useMayDecide(): boolean {
  return useStation(({ station, session }) => !station.readOnly && session?.state === 'running');
}

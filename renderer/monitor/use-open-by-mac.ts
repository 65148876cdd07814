import { useCallback } from 'react';
import { useLookAtStation } from '../store/context.tsx';

/** Opens the machine that uses an adapter, or used it last: several machines may share one. */
export function useOpenByMac(open: (clientId: string) => void): (mac: string) => void {
  const lookAtStation = useLookAtStation();
  return useCallback(
    (mac) => {
      const owners = (lookAtStation()?.clients ?? []).filter(
        (client) => client.mac === mac || client.macs?.includes(mac),
      );
      const latest = owners.toSorted((a, b) => b.lastSeenMs - a.lastSeenMs)[0];
      if (latest !== undefined) open(latest.id);
    },
    [lookAtStation, open],
  );
}

import { networkInterfaces } from 'node:os';
import { renderSVG } from 'uqr';
import { StationError } from '../contract/errors.ts';
import { newToken } from '../transport/token.ts';
import { type UiServer, startUiServer } from '../transport/ui-server.ts';
import type { StateHolder } from './state-holder.ts';
import type { Station } from './station.ts';

/** The read-only address for a phone: switched on by a person, off again with the station. */
export interface Sharing extends AsyncDisposable {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createSharing(options: { station: Station; holder: StateHolder; uiFolder: string }): Sharing {
  const { station, holder, uiFolder: folder } = options;
  let server: UiServer | undefined;
  const stop = async (): Promise<void> => {
    const running = server;
    server = undefined;
    await running?.[Symbol.asyncDispose]();
    if (holder.state.sharing !== null) holder.change({ event: 'sharing.changed', value: null });
  };
  return {
    async start() {
      if (server !== undefined) return;
      const address = addressForPhones(holder);
      server = await startUiServer({ station, address, port: 0, token: newToken(), readOnly: true, folder });
      holder.change({
        event: 'sharing.changed',
        value: { url: server.url, qrSvg: renderSVG(server.url, { border: 2, ecc: 'M' }) },
      });
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** An address that a phone can reach: of Wi-Fi or the office, never of the interface that the bench is served on. */
function addressForPhones(holder: StateHolder): string {
  const bench = holder.state.session?.draft.interfaceName;
  const order = (name: string): number =>
    holder.state.interfaces.find((one) => one.name === name)?.kind === 'wireless' ? 0 : 1;
  const [found] = Object.entries(networkInterfaces())
    .filter(([name]) => name !== bench)
    .toSorted(([a], [b]) => order(a) - order(b))
    .flatMap(([, addresses]) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal);
  if (found === undefined) throw new StationError('E_NO_SHARING_ADDRESS', {});
  return found.address;
}

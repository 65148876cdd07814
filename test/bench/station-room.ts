import { join } from 'node:path';
import type { ImageDescription } from '../../main/contract/image.ts';
import type { Route } from '../../main/engine/files/route.ts';

/**
 * One room of the station as a process of its own, so that its processor time and memory can be told:
 * `node station-room.ts tftp|http|dhcp INTERFACE ADDRESS PREFIX FOLDER`. Ends with SIGTERM.
 */
const [room = '', interfaceName = '', address = '', prefix = '', folder = ''] = process.argv.slice(2);
const prefixLength = Number(prefix);

/** A folder with nothing in it that an image would know. */
const noImage = { id: 'none', entries: [], extracted: [] } as unknown as ImageDescription;

// Events are made as in a session, and nobody reads them.
const emit = (): void => undefined;
const now = (): number => performance.now();
const common = { interfaceName, address, prefixLength, emit };

const routes = async (): Promise<Route[]> => {
  const { treeRoute } = await import('../../main/engine/images/tree-route.ts');
  return [treeRoute(folder, noImage)];
};

/** Only the room that is measured is loaded, as the others would be in its memory. */
const rooms: Readonly<Record<string, () => Promise<AsyncDisposable>>> = {
  tftp: async () => {
    const { startTftpServer } = await import('../../main/engine/tftp/server.ts');
    const addresses = [{ address, prefixLength }];
    return await startTftpServer({ ...common, addresses, routes: await routes(), now });
  },
  http: async () => {
    const { startHttpServer } = await import('../../main/engine/http/server.ts');
    return await startHttpServer({ ...common, ports: [80], routes: await routes(), now });
  },
  dhcp: async () => {
    const { startDhcpServer } = await import('../../main/engine/dhcp/server.ts');
    return await startDhcpServer({
      ...common,
      pool: { first: '10.78.16.0', last: '10.78.47.255' },
      leaseSeconds: 3600,
      plan: () => ({ kind: 'nothing', reason: 'a benchmark' }),
      leaseFile: join(folder, 'leases'),
      now: Date.now,
    });
  },
};

const start = rooms[room];
if (start === undefined) throw new Error(`There is no room called "${room}"`);
const server = await start();
process.once('SIGTERM', () => void server[Symbol.asyncDispose]());

import { startLocalStation } from './local-station.ts';
import { printLine } from './output.ts';
import type { UiAddress } from './ui-address.ts';

/** Runs a rehearsal with the user interface beside it, until `stop`. Errors: those of the station and the rehearsal. */
export async function rehearseWithUi(
  address: UiAddress,
  clients: number,
  imagePath: string | undefined,
  stop: Promise<void>,
): Promise<void> {
  await using local = await startLocalStation(address);
  const { station, url } = local;
  const access = { readOnly: false };
  const image = imagePath === undefined ? {} : await station.call('images.add', { path: imagePath }, access);
  await station.call('rehearsal.start', { clients, ...image }, access);
  printLine(`${clients} simulated machines boot on this computer's loopback. Fieldboot is at ${url}`);
  printLine('Open it in a browser of this computer. Ctrl-C ends the rehearsal.');
  await stop;
}

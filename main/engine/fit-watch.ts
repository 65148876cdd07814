import type { Entry, ImageDescription } from '../contract/image.ts';
import type { Client } from './clients/client.ts';
import type { EventBus } from './event-bus.ts';
import { machineFit } from './fit/machine-fit.ts';

/** Above the number of machines of any bench; addresses come from the network and may be made up. */
const MOST_REMEMBERED = 4096;

/** Tells of machines that will not get far with what the session boots, as soon as that is known of them, and when it holds no longer. */
export function watchFit(options: {
  bus: EventBus;
  image: Pick<ImageDescription, 'name' | 'memoryNeededMiB' | 'secureBoot'>;
  entry: Pick<Entry, 'variants'>;
  /** As the event that is being handled leaves it. */
  client: (mac: string) => Client | undefined;
}): Disposable {
  const { bus, image, entry, client } = options;
  const told = new Map<string, string>();
  const look = (mac: string): void => {
    const known = client(mac);
    if (known === undefined) return;
    const findings = machineFit(image, entry, known);
    const codes = findings.map(({ code }) => code).join(' ');
    if ((told.get(mac) ?? '') === codes) return;
    told.delete(mac);
    if (codes !== '') told.set(mac, codes);
    if (told.size > MOST_REMEMBERED) told.delete(told.keys().next().value ?? '');
    bus.emit({ type: 'client.misfit', mac, findings });
  };
  const unsubscribe = bus.subscribe((event) => {
    // Later, so that every listener has heard what it follows from before it.
    if (event.type === 'dhcp.request' || event.type === 'client.identified') queueMicrotask(() => look(event.mac));
  });
  return { [Symbol.dispose]: unsubscribe };
}

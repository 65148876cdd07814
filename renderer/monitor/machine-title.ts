import type { MonitoredClient } from '../../main/contract/session.ts';

/** What a machine is called: by the person, by itself, by its maker, or by its card. */
export function titleOf({ name, hostName, product, mac }: MonitoredClient): string {
  return [name, hostName, product].find((title) => title !== undefined && title.trim() !== '') ?? mac;
}

/**
 * Who made it and what it is; the maker of its network card while nothing better is known. Without what `said` says
 * already.
 */
export function makeOf({ manufacturer, product, vendor }: MonitoredClient, said?: string): string | undefined {
  const parts = [manufacturer ?? vendor, product].filter(
    (part) => part !== undefined && part.trim() !== '' && part !== said,
  );
  return parts.length === 0 ? undefined : parts.join(' ');
}

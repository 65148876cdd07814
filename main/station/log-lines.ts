import type { EngineEvent } from '../contract/events.ts';
import type { LogLine } from '../contract/state.ts';
import { loaderSentence, localDiskSentence, noLoaderSentence } from '../engine/clients/loader-sentence.ts';
import { architectureOf } from '../engine/dhcp/client-identity-architecture.ts';

/** What the event log says of an event; undefined for what happens too often to be news. Pure. */
export function logLineOf(event: EngineEvent): Omit<LogLine, 'id'> | undefined {
  const { at } = event;
  const info = (text: string, mac?: string): Omit<LogLine, 'id'> => ({
    at,
    level: 'info',
    text,
    ...(mac === undefined ? {} : { mac }),
  });
  switch (event.type) {
    case 'session.started':
      return info(`Serving ${event.imageName}: ${event.entryTitle} on ${event.interfaceName} (${event.address}).`);
    case 'session.mode':
      return info(event.reason);
    case 'session.stopped':
      return info('The session ended.');
    case 'dhcp.request':
      if (event.message === 'REQUEST') return undefined;
      return info(`${event.message} from ${describeAsker(event)}`, event.mac);
    case 'dhcp.reply':
      if (event.message === 'OFFER') return undefined;
      return info(
        `${[event.message, event.address].join(' ').trimEnd()}${event.bootFile === undefined ? '' : `, boot file ${event.bootFile}`}`,
        event.mac,
      );
    case 'client.addressed':
      return info(`It is at ${event.address}.`, event.mac);
    case 'dhcp.silent':
      return info(`${event.message} not answered: ${event.reason}`, event.mac);
    case 'dhcp.declined':
      return { at, level: 'warning', mac: event.mac, text: `Refused the address ${event.address}; it is set aside.` };
    case 'dhcp.pool-exhausted':
      return { at, level: 'error', mac: event.mac, text: `No free address: all ${event.poolSize} are taken.` };
    case 'dhcp.dropped':
      return {
        at,
        level: 'warning',
        text: `Dropped bytes that are no DHCP packet: ${event.reason} (${event.total} so far).`,
      };
    case 'transfer.ended':
      if (event.outcome === 'failed')
        return {
          at,
          level: 'warning',
          text: `A transfer failed${event.reason === undefined ? '' : `: ${event.reason}`}.`,
        };
      return undefined;
    case 'file.refused':
      return {
        at,
        level: 'warning',
        text: `Refused ${event.protocol.toUpperCase()} ${event.path} to ${event.peerAddress}: ${event.reason}`,
      };
    case 'file.missing':
      return info(
        `Asked by ${event.peerAddress} for ${event.path}, which is not there (${event.protocol.toUpperCase()}).`,
      );
    case 'client.report-refused':
      return {
        at,
        level: 'warning',
        ...(event.holderMac === undefined ? {} : { mac: event.holderMac }),
        text: `Refused a report from ${event.peerAddress} that names ${event.claimedMac}: that is not whose address it is (${event.total} so far).`,
      };
    case 'client.loader': {
      const isUsual = event.previous === undefined;
      return { at, level: isUsual ? 'info' : 'warning', mac: event.mac, text: loaderSentence(event) };
    }
    case 'client.no-loader':
      return { at, level: 'error', mac: event.mac, text: noLoaderSentence(event) };
    case 'client.local-disk':
      return info(localDiskSentence(event), event.mac);
    case 'engine.trouble-over':
      return info(event.title);
    case 'engine.trouble':
      return { at, level: 'error', text: `${event.title} ${event.advice}` };
    default:
      return undefined;
  }
}

function describeAsker(event: Extract<EngineEvent, { type: 'dhcp.request' }>): string {
  if (event.bootClient === 'none')
    return event.hostName === undefined ? 'an operating system' : `the system of ${event.hostName}`;
  if (event.bootClient === 'ipxe') return 'iPXE';
  if (event.firmware !== 'unknown' || event.architecture === undefined) return `${event.firmware} firmware`;
  // Nothing can be sent to it, so that a person has to know what it is.
  const { architecture } = event;
  return `${architectureOf(architecture)?.name ?? 'unknown'} firmware (architecture ${architecture})`;
}

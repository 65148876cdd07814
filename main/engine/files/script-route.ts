import type { EmitEvent } from '../../contract/events.ts';
import { needsBaseUrl } from '../boot/command-line.ts';
import { grubScript } from '../boot/grub-script.ts';
import { readIpxeReport } from '../boot/ipxe-query.ts';
import { ipxeBootScript, ipxeIdentifyScript, ipxeNothingScript } from '../boot/ipxe-script.ts';
import { type Menu, defaultEntry, variantFor } from '../boot/menu.ts';
import type { Plan } from '../boot/plan.ts';
import { pxelinuxScript } from '../boot/pxelinux-script.ts';
import { memoryFile } from './memory-file.ts';
import type { FileRequest, Route, ServedFile } from './route.ts';

/** The scripts of a session, made when they are asked for: what a machine boots is decided by the plan alone. */
export function scriptRoute(options: {
  menu: Menu & { baseUrl: string };
  plan: Plan;
  emit: EmitEvent;
  /** MAC of the client that holds an address; a report from anybody else's address is not believed. */
  macOf: (address: string) => string | undefined;
}): Route {
  const { menu, plan, emit, macOf } = options;
  const script = (text: string): ServedFile => memoryFile('script', text, 'text/plain');

  const machineScript = (request: FileRequest): ServedFile => {
    const report = readIpxeReport(request.query);
    const mac = macOf(request.peerAddress) ?? report.mac;
    if (mac === undefined) return script(ipxeNothingScript('This station does not know your address'));
    const { firmware, mac: _reportedMac, ...facts } = report;
    emit({ type: 'client.identified', mac, peerAddress: request.peerAddress, ...facts });
    const decided = plan({ mac, address: request.peerAddress, firmware, bootClient: 'ipxe', uuid: report.uuid });
    if (decided.kind === 'nothing') return script(ipxeNothingScript(decided.reason));
    const variant = variantFor(decided.entry, firmware);
    if (variant === undefined) return script(ipxeNothingScript(`${decided.entry.title} does not boot on ${firmware}`));
    emit({
      type: 'client.planned',
      mac,
      entryTitle: decided.entry.title,
      bootFiles: [variant.kernel, ...variant.initrds].map((path) => `${menu.imageId}/${path}`),
      fetchesSystemFiles: needsBaseUrl(variant.commandLine),
    });
    return script(ipxeBootScript(menu, decided.entry, variant));
  };

  return {
    name: 'script',
    claim: (request) => {
      switch (request.path) {
        // Asked for over TFTP by UEFI builds of iPXE before anything else: saves them a second DHCP exchange.
        case 'autoexec.ipxe':
        case 'boot.ipxe':
          return Promise.resolve(script(ipxeIdentifyScript(menu.baseUrl)));
        case 'machine.ipxe':
          return Promise.resolve(request.protocol === 'http' ? machineScript(request) : undefined);
        case 'grub/grub.cfg':
          return Promise.resolve(script(grubScript(withDefaultOnly(menu))));
        case 'pxelinux.cfg/default':
          return Promise.resolve(script(pxelinuxScript(withDefaultOnly(menu))));
        default:
          return Promise.resolve(undefined);
      }
    },
  };
}

/** In a session the choice was made at the station: the machine shows no other entry. */
function withDefaultOnly(menu: Menu): Menu {
  const entry = defaultEntry(menu);
  return { ...menu, entries: entry === undefined ? [] : [entry] };
}

import type { EmitEvent } from '../../contract/events.ts';
import type { Firmware } from '../../contract/firmware.ts';
import type { BootVariant, Entry } from '../../contract/image.ts';
import { grubNothingScript, grubScript } from '../boot/grub-script.ts';
import { readIpxeReport } from '../boot/ipxe-query.ts';
import { ipxeBootScript, ipxeIdentifyScript, ipxeNothingScript } from '../boot/ipxe-script.ts';
import { type Menu, variantFor } from '../boot/menu.ts';
import type { BootPlan, Plan } from '../boot/plan.ts';
import { loadedFiles, servedPath } from '../boot/variant-files.ts';
import { pxelinuxNothingScript, pxelinuxScript } from '../boot/pxelinux-script.ts';
import { grubApproval, grubWaitScript, ipxeWaitScript, pxelinuxWaitScript } from '../boot/wait-script.ts';
import { memoryFile } from './memory-file.ts';
import type { FileRequest, Route, ServedFile } from './route.ts';

export interface ScriptRouteOptions {
  /** What every entry of the scripts is made of; the entry itself comes from the plan. */
  readonly menu: Omit<Menu, 'entries' | 'defaultEntryId'> & { readonly baseUrl: string };
  readonly plan: Plan;
  readonly emit: EmitEvent;
  /** MAC of the client that holds an address; a report from anybody else's address is not believed. */
  readonly macOf: (address: string) => string | undefined;
  readonly firmwareOf: (mac: string) => Firmware;
}

const UNKNOWN = 'This station does not know your address';

/** The scripts of a session, made when they are asked for: what a machine boots is decided by the plan alone. */
export function scriptRoute(options: ScriptRouteOptions): Route {
  const claimByPath: Readonly<Record<string, (request: FileRequest) => string | undefined>> = {
    // Asked for over TFTP by UEFI builds of iPXE before anything else: saves them a second DHCP exchange.
    'autoexec.ipxe': () => ipxeIdentifyScript(options.menu.baseUrl),
    'boot.ipxe': () => ipxeIdentifyScript(options.menu.baseUrl),
    'machine.ipxe': (request) => (request.protocol === 'http' ? machineScript(request, options) : undefined),
    'grub/grub.cfg': (request) => configuration(grub, request, options),
    'grub/approval.cfg': (request) => grubApproval(planByAddress(request, options)?.decided.kind === 'wait'),
    'pxelinux.cfg/default': (request) => configuration(pxelinux, request, options),
  };
  return {
    name: 'script',
    claim: (request): Promise<ServedFile | undefined> => {
      const claimed = Object.hasOwn(claimByPath, request.path) ? claimByPath[request.path] : undefined;
      const text = claimed?.(request);
      return Promise.resolve(text === undefined ? undefined : memoryFile('script', text, 'text/plain'));
    },
  };
}

function machineScript(request: FileRequest, options: ScriptRouteOptions): string {
  const { menu, plan, emit, macOf } = options;
  const report = readIpxeReport(request.query);
  const mac = macOf(request.peerAddress) ?? report.mac;
  if (mac === undefined) return ipxeNothingScript(UNKNOWN);
  const { firmware, mac: _reportedMac, ...facts } = report;
  // A machine that only asks whether it was approved meanwhile says nothing new.
  const asksAgain = request.query.has('waited');
  if (!asksAgain) emit({ type: 'client.identified', mac, peerAddress: request.peerAddress, ...facts });
  const decided = plan({ mac, address: request.peerAddress, firmware, bootClient: 'ipxe', uuid: report.uuid });
  if (decided.kind === 'nothing') return ipxeNothingScript(decided.reason);
  if (decided.kind === 'wait') {
    if (request.query.get('waited') !== decided.code) emit({ type: 'client.waiting', mac, code: decided.code });
    return ipxeWaitScript(menu.baseUrl, decided.code);
  }
  const { entry } = decided;
  const variant = variantFor(entry, firmware);
  if (variant === undefined) return ipxeNothingScript(`${entry.title} does not boot on ${firmware}`);
  tellPlanned(options, mac, entry, variant);
  return ipxeBootScript({ ...menu, ...only(entry) }, entry, variant);
}

function tellPlanned({ menu, emit }: ScriptRouteOptions, mac: string, entry: Entry, variant: BootVariant): void {
  emit({
    type: 'client.planned',
    mac,
    entryTitle: entry.title,
    bootFiles: loadedFiles(variant).map((path) => servedPath(menu.imageId, path)),
    // An answer file is fetched from the station too, but it is no part of the image.
    fetchesSystemFiles: variant.commandLine.includes('{iso}'),
  });
}

interface ScriptsOfLoader {
  readonly boot: (menu: Menu) => string;
  readonly wait: (baseUrl: string, code: string) => string;
  readonly nothing: (reason: string) => string;
}

const grub: ScriptsOfLoader = { boot: grubScript, wait: grubWaitScript, nothing: grubNothingScript };
const pxelinux: ScriptsOfLoader = {
  boot: pxelinuxScript,
  wait: (_baseUrl, code) => pxelinuxWaitScript(code),
  nothing: pxelinuxNothingScript,
};

function configuration(scripts: ScriptsOfLoader, request: FileRequest, options: ScriptRouteOptions): string {
  const { menu, emit, firmwareOf } = options;
  const planned = planByAddress(request, options);
  if (planned === undefined) return scripts.nothing(UNKNOWN);
  const { mac, decided } = planned;
  if (decided.kind === 'nothing') return scripts.nothing(decided.reason);
  if (decided.kind === 'wait') {
    emit({ type: 'client.waiting', mac, code: decided.code });
    return scripts.wait(menu.baseUrl, decided.code);
  }
  const { entry } = decided;
  const variant = variantFor(entry, firmwareOf(mac));
  if (variant !== undefined) tellPlanned(options, mac, entry, variant);
  return scripts.boot({ ...menu, ...only(entry) });
}

/** GRUB and PXELINUX do not say who they are: the address does. Undefined where it is nobody's. */
function planByAddress(
  { peerAddress }: FileRequest,
  { plan, macOf, firmwareOf }: ScriptRouteOptions,
): { mac: string; decided: BootPlan } | undefined {
  const mac = macOf(peerAddress);
  if (mac === undefined) return undefined;
  return { mac, decided: plan({ mac, address: peerAddress, firmware: firmwareOf(mac), bootClient: 'pxe' }) };
}

/** In a session the choice was made at the station: the machine shows no other entry. */
const only = (entry: Entry): Pick<Menu, 'entries' | 'defaultEntryId'> => ({
  entries: [entry],
  defaultEntryId: entry.id,
});

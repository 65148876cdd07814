import type { EmitEvent } from '../../contract/events.ts';
import type { Firmware } from '../../contract/firmware.ts';
import type { LoaderProgram } from '../../contract/loader.ts';
import { GRUB_MACHINE_SCRIPT, grubIdentifyScript } from '../boot/grub-session-script.ts';
import { readIpxeReport } from '../boot/ipxe-query.ts';
import { ipxeIdentifyScript } from '../boot/ipxe-script.ts';
import type { Menu } from '../boot/menu.ts';
import type { Plan } from '../boot/plan.ts';
import { reportJudge, type ReportJudge } from './believed-report.ts';
import { machineScript, scriptsOf } from './machine-script.ts';
import { memoryFile } from './memory-file.ts';
import type { FileRequest, Route, ServedFile } from './route.ts';

export interface ScriptRouteOptions {
  /** What every entry of the scripts is made of; the entry itself comes from the plan. */
  readonly menu: Omit<Menu, 'entries' | 'defaultEntryId'> & { readonly baseUrl: string };
  readonly plan: Plan;
  readonly emit: EmitEvent;
  /** MAC of the client that holds an address, and the address of a MAC: a report from anybody else's address is not believed. */
  readonly macOf: (address: string) => string | undefined;
  readonly addressOf: (mac: string) => string | undefined;
  readonly firmwareOf: (mac: string) => Firmware;
}

/** Where the GRUB of an image looks: beside itself (Red Hat's), in the folder of its vendor, or as on a disk. */
const anyGrubConfiguration = /^(image-loader|EFI\/[\w-]+|boot\/grub2?)\/grub\.cfg$/;

interface Options extends ScriptRouteOptions {
  /** What machines show whose loader cannot say so when it asks again, by MAC. */
  readonly shownCodes: Map<string, string>;
  readonly reports: ReportJudge;
}

const MOST_SHOWN_CODES = 4096;

const UNKNOWN = 'This station does not know your address';

/** The scripts of a session, made when they are asked for: what a machine boots is decided by the plan alone. */
export function scriptRoute(given: ScriptRouteOptions): Route {
  const options = { ...given, shownCodes: new Map<string, string>(), reports: reportJudge(given) };
  const { baseUrl } = options.menu;
  const claimByPath: Readonly<Record<string, (request: FileRequest) => string | undefined>> = {
    // Asked for over TFTP by UEFI builds of iPXE before anything else: saves them a second DHCP exchange.
    'autoexec.ipxe': () => ipxeIdentifyScript(baseUrl),
    'boot.ipxe': () => ipxeIdentifyScript(baseUrl),
    'machine.ipxe': (request) => reported('ipxe', request, options),
    // Signed builds of GRUB have this path built in.
    'grub/grub.cfg': () => grubIdentifyScript(baseUrl),
    [GRUB_MACHINE_SCRIPT]: (request) => reported('grub', request, options),
    // Where PXELINUX looks last.
    'pxelinux.cfg/default': (request) => byAddress('pxelinux', request, options, undefined),
  };
  return {
    name: 'script',
    claim: (request): Promise<ServedFile | undefined> => {
      const claimed = Object.hasOwn(claimByPath, request.path) ? claimByPath[request.path] : undefined;
      const identify = anyGrubConfiguration.test(request.path) ? grubIdentifyScript(baseUrl) : undefined;
      const text = claimed === undefined ? (byMacInPath(request, options) ?? identify) : claimed(request);
      return Promise.resolve(text === undefined ? undefined : memoryFile('script', text, 'text/plain'));
    },
  };
}

/** PXELINUX looks for its MAC with the number of Ethernet before it; GRUB does over TFTP, which has no queries. */
const macPaths: readonly { readonly program: LoaderProgram; readonly pattern: RegExp }[] = [
  { program: 'pxelinux', pattern: /^pxelinux\.cfg\/01-((?:[0-9a-f]{2}-){5}[0-9a-f]{2})$/ },
  { program: 'grub', pattern: /^grub\/machine\/((?:[0-9a-f]{2}:){5}[0-9a-f]{2})\.cfg$/ },
];

function byMacInPath(request: FileRequest, options: Options): string | undefined {
  for (const { program, pattern } of macPaths) {
    const mac = pattern.exec(request.path)?.[1]?.replaceAll('-', ':');
    if (mac !== undefined) return byAddress(program, request, options, mac);
  }
  return undefined;
}

/** From a loader that says who it is in the query of its URL. */
function reported(program: LoaderProgram, request: FileRequest, options: Options): string | undefined {
  if (request.protocol !== 'http') return undefined;
  const { firmware, ...report } = readIpxeReport(request.query);
  // A machine that only asks whether it was approved meanwhile says nothing new.
  const waited = request.query.get('waited') ?? undefined;
  return decide(program, request, options, { ...report, firmware, waited });
}

/** From a loader that does not: the address tells, or the MAC in the path where nobody is known to have that. */
function byAddress(program: LoaderProgram, request: FileRequest, options: Options, mac: string | undefined): string {
  return decide(program, request, options, { mac, firmware: 'unknown', waited: undefined });
}

type Report = Omit<ReturnType<typeof readIpxeReport>, 'mac'> & {
  readonly mac?: string | undefined;
  readonly waited: string | undefined;
};

function decide(program: LoaderProgram, { path, peerAddress }: FileRequest, options: Options, report: Report): string {
  const { menu, plan, reports, firmwareOf, shownCodes } = options;
  const scripts = scriptsOf(program, menu.baseUrl, path);
  const judged = reports.judge(peerAddress, report.mac);
  if (judged === undefined) return scripts.nothing(UNKNOWN);
  const { mac, isBelieved } = judged;
  const { mac: _reportedMac, firmware: reportedFirmware, waited, ...told } = report;
  const facts: typeof told = isBelieved ? told : {};
  const firmware = reportedFirmware === 'unknown' ? (loadersFirmware[program] ?? firmwareOf(mac)) : reportedFirmware;
  const bootClient = program === 'ipxe' ? 'ipxe' : 'pxe';
  const decided = plan({
    mac,
    address: peerAddress,
    firmware,
    bootClient,
    uuid: facts.uuid,
    serial: facts.serial,
    loaderRuns: true,
  });
  // A machine that only asks whether it was approved meanwhile says nothing new.
  const isNoNews = program === 'pxelinux' && decided.kind === 'wait' && shownCodes.get(mac) === decided.code;
  const emit: EmitEvent = isNoNews ? () => undefined : options.emit;
  shownCodes.delete(mac);
  if (decided.kind === 'wait' && program === 'pxelinux') keep(shownCodes, mac, decided.code);
  if (waited === undefined) emit({ type: 'client.identified', mac, peerAddress, loader: program, ...facts });
  return machineScript({ mac, firmware, waited }, decided, scripts, menu, emit);
}

function keep(codes: Map<string, string>, mac: string, code: string): void {
  codes.set(mac, code);
  const [eldest] = codes.keys();
  if (codes.size > MOST_SHOWN_CODES && eldest !== undefined) codes.delete(eldest);
}

/** PXELINUX runs on nothing else. */
const loadersFirmware: Partial<Record<LoaderProgram, Firmware>> = { pxelinux: 'bios' };

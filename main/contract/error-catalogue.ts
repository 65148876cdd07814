/**
 * Every error the station can say, once.
 *
 * An error has a stable code, the facts it is about (`data`), and two voices made from those facts: `title` says what
 * happened, `advice` says what the person should do: on a screen, where there are buttons, and where it differs on the command
 * line, where there are options. Exit codes are those of the command line: 1 failed, 2 wrong usage, 3 refused for safety.
 */

export interface Catalogued<Data> {
  readonly exitCode: 1 | 2 | 3;
  readonly title: (data: Data) => string;
  readonly advice: (data: Data) => string;
  /** Instead of `advice` where the answer is an option or a command. */
  readonly commandLineAdvice?: ((data: Data) => string) | undefined;
}

const entry = <Data>(
  exitCode: 1 | 2 | 3,
  title: (data: Data) => string,
  advice: (data: Data) => string,
  commandLineAdvice?: (data: Data) => string,
): Catalogued<Data> => ({ exitCode, title, advice, commandLineAdvice });

/** What points to an unfinished download goes before what to do about it. */
const hinted = ({ hint }: { hint?: string | undefined }, advice: string): string =>
  hint === undefined ? advice : `${hint} ${advice}`;

export const errorCatalogue = {
  E_USAGE: entry<{ problem: string }>(
    2,
    (d) => d.problem,
    () => 'Run the command with --help to see the words it takes.',
  ),

  E_IMAGE_NOT_FOUND: entry<{ path: string }>(
    1,
    (d) => `There is no image at ${d.path}.`,
    () => 'Check the path, or choose another image of the library.',
    () => 'Check the path, or run "fieldboot images list" for the images in the library.',
  ),
  E_IMAGE_NOT_READABLE: entry<{ path: string; reason: string }>(
    1,
    (d) => `The image ${d.path} cannot be read: ${d.reason}.`,
    (d) => `Give yourself read permission (chmod +r "${d.path}") or copy the image to a folder of your own.`,
  ),
  E_IMAGE_EMPTY: entry<{ path: string }>(
    1,
    (d) => `The image ${d.path} is empty (0 bytes).`,
    () => 'Download or copy it again; the last copy did not finish.',
  ),
  E_NOT_AN_ISO: entry<{ path: string; looksLike?: string | undefined; hint?: string | undefined }>(
    1,
    (d) => `${d.path} is not an ISO image${d.looksLike === undefined ? '' : `; it looks like ${d.looksLike}`}.`,
    (d) => hinted(d, 'Pick a CD/DVD image (.iso). If it is packed (.zip, .xz, .gz), unpack it first.'),
  ),
  E_IMAGE_TRUNCATED: entry<{
    path: string;
    expectedBytes: number;
    actualBytes: number;
    hint?: string | undefined;
  }>(
    1,
    (d) => `The image ${d.path} is cut short: it should have ${d.expectedBytes} bytes and has ${d.actualBytes}.`,
    (d) => hinted(d, 'Download or copy it again, and compare its SHA-256 with the one its publisher gives.'),
  ),
  E_IMAGE_DAMAGED: entry<{ path: string; detail: string; hint?: string | undefined }>(
    1,
    (d) => `The image ${d.path} is damaged: ${d.detail}.`,
    (d) => hinted(d, 'Download or copy it again, and compare its SHA-256 with the one its publisher gives.'),
  ),
  E_IMAGE_CHANGED: entry<{ path: string; detail: string }>(
    1,
    (d) => `The image ${d.path} changed while it was in use: ${d.detail}.`,
    () => 'Put the original file back, or stop and start the session with the new one.',
  ),
  E_IMAGE_NOT_BOOTABLE: entry<{ path: string; menuProblem?: string | undefined }>(
    1,
    (d) =>
      d.menuProblem === undefined
        ? `${d.path} is a readable image, but nothing in it is known to boot over a network.`
        : `${d.path} is a readable image, but nothing in it is known to boot over a network. ${d.menuProblem}`,
    () =>
      'It has no boot menu (isolinux, syslinux, GRUB or systemd-boot) that names a kernel, and no known layout. Check that it is a boot image and not a data disc.',
  ),
  E_IMAGE_CANNOT_NETBOOT: entry<{ name: string; because: string }>(
    1,
    (d) => `${d.name} cannot be booted over a network.`,
    (d) => d.because.trim(),
  ),
  E_LOADER_TO_SUPPLY: entry<{ loader: string; folder: string }>(
    1,
    (d) => `This entry is started by ${d.loader}, which is no part of Fieldboot and is not in ${d.folder}.`,
    (d) =>
      `Download ${d.loader} from its makers (https://ipxe.org/${d.loader}) and put it there; Fieldboot checks that it is one of their releases.`,
  ),
  E_FILE_NOT_IN_IMAGE: entry<{ path: string; file: string }>(
    1,
    (d) => `The image ${d.path} has no file ${d.file}.`,
    () => 'The image may be damaged or another version than its boot menu says; compare its SHA-256.',
  ),
  E_OVERLAY_IMPOSSIBLE: entry<{ file: string; reason: string }>(
    1,
    (d) => `Nothing can be added to the initial RAM disk ${d.file}: ${d.reason}.`,
    () => 'Choose an entry that fetches its files over the network, or an image with a smaller system.',
  ),
  E_ENTRY_NOT_FOUND: entry<{ entry: string; known: readonly string[] }>(
    2,
    (d) => `The image has no entry "${d.entry}".`,
    (d) => `Its entries are: ${d.known.join(', ')}.`,
  ),
  E_OUTPUT_NOT_WRITABLE: entry<{ path: string; reason: string }>(
    1,
    (d) => `Nothing can be written to ${d.path}: ${d.reason}.`,
    () => 'Choose a folder that you may write to.',
  ),
  E_DISK_FULL: entry<{ path: string }>(
    1,
    (d) => `The disk with ${d.path} is full.`,
    () => 'Free some space or choose a folder on another disk.',
  ),
  E_DATA_FOLDER_UNUSABLE: entry<{ folder: string; reason: string }>(
    1,
    (d) => `Fieldboot cannot keep its data in ${d.folder}: ${d.reason}.`,
    () => 'Give yourself permission to write there, or set FIELDBOOT_DATA to a folder that you may write to.',
  ),
  E_DATA_FOLDER_TAKEN: entry<{ folder: string; processId?: number | undefined }>(
    1,
    (d) =>
      `Another Fieldboot${d.processId === undefined ? '' : ` (process ${d.processId})`} runs with the data folder ${d.folder}.`,
    () =>
      'Use that one: it may be in another window or browser tab. To run a second one, set FIELDBOOT_DATA to a folder of its own.',
  ),
  E_LIBRARY_DAMAGED: entry<{ path: string; detail: string }>(
    1,
    (d) => `The image library file ${d.path} cannot be understood: ${d.detail}.`,
    (d) => `Move ${d.path} aside and add the images again.`,
    (d) => `Move ${d.path} aside and add the images again with "fieldboot images add".`,
  ),
  E_CHECKSUM_MISMATCH: entry<{ path: string; expected: string; actual: string; source: string }>(
    3,
    (d) => `${d.path} is not the image that ${d.source} describes: SHA-256 ${d.actual}, expected ${d.expected}.`,
    () => 'Download or copy it again. Do not boot machines with it.',
  ),
  E_SIGNATURE_BAD: entry<{ file: string; of: string }>(
    3,
    (d) => `The signature ${d.file} does not fit ${d.of}: one of the two was changed.`,
    () => 'Download image, checksums and signature again from the publisher. Do not boot machines with it.',
  ),
  E_RECIPE_INVALID: entry<{ file: string; detail: string }>(
    1,
    (d) => `The recipe ${d.file} is not valid: ${d.detail}.`,
    () => 'Correct or remove the recipe file.',
  ),

  E_INTERFACE_NOT_FOUND: entry<{ name: string; known: readonly string[] }>(
    1,
    (d) => `There is no network interface called ${d.name}.`,
    (d) =>
      d.known.length === 0 ? 'Plug in a network adapter.' : `Interfaces of this computer: ${d.known.join(', ')}.`,
    (d) =>
      d.known.length === 0
        ? 'Plug in a network adapter.'
        : `Interfaces of this computer: ${d.known.join(', ')}. "fieldboot interfaces" tells which are fit for use.`,
  ),
  E_INTERFACE_DOWN: entry<{ name: string }>(
    1,
    (d) => `The network interface ${d.name} is down.`,
    () => 'Plug in its cable and switch on what is at the other end.',
    (d) => `Plug in its cable and switch on what is at the other end, or bring it up (ip link set ${d.name} up).`,
  ),
  E_INTERFACE_NO_ADDRESS: entry<{ name: string }>(
    1,
    (d) => `The network interface ${d.name} has no IPv4 address.`,
    () => 'Have Fieldboot give it one for this session, or set a static address yourself.',
    () => 'Add --address 192.168.77.1/24 to give it one for this session, or set a static address yourself.',
  ),
  E_INTERFACE_UNFIT: entry<{ name: string; reason: string }>(
    3,
    (d) => `The network interface ${d.name} is not fit for serving: ${d.reason}.`,
    () => 'Choose a wired interface that leads to the bench.',
    () => 'Choose a wired interface that leads to the bench. "fieldboot interfaces" tells which are fit for use.',
  ),
  E_ADDRESS_INVALID: entry<{ value: string; problem: string }>(
    2,
    (d) => `"${d.value}" is not an address that can be used: ${d.problem}.`,
    () => 'Write it like 192.168.77.1/24.',
  ),
  E_ADDRESS_NOT_SET: entry<{ name: string; address: string; reason: string }>(
    1,
    (d) => `The interface ${d.name} could not be given the address ${d.address}: ${d.reason}.`,
    (d) => `Set it yourself as administrator (ip address add ${d.address} dev ${d.name}), then start again.`,
    (d) =>
      `Set it yourself as administrator (ip address add ${d.address} dev ${d.name}) and start again without --address.`,
  ),
  E_POOL_INVALID: entry<{ value: string; problem: string }>(
    2,
    (d) => `The address pool "${d.value}" cannot be used: ${d.problem}.`,
    () => 'Write it like 192.168.77.100-192.168.77.200, inside the subnet of the interface.',
  ),

  E_PORT_IN_USE: entry<{ port: number; protocol: 'UDP' | 'TCP'; address: string; owner?: string | undefined }>(
    1,
    (d) => `${d.protocol} port ${d.port} on ${d.address} is taken${d.owner === undefined ? '' : ` by ${d.owner}`}.`,
    (d) =>
      d.owner === undefined
        ? `Find the program with "ss -lnp${d.protocol === 'UDP' ? 'u' : 't'} sport = :${d.port}", stop it, and start again.`
        : 'Stop that program (or the service it belongs to) and start again.',
  ),
  E_NO_PRIVILEGE: entry<{ port: number; protocol: 'UDP' | 'TCP'; platform: string }>(
    1,
    (d) => `This user may not open ${d.protocol} port ${d.port}.`,
    (d) =>
      d.platform === 'linux'
        ? 'Start Fieldboot with sudo, or allow every user low ports until the next restart: sudo sysctl net.ipv4.ip_unprivileged_port_start=67'
        : 'Start Fieldboot as administrator.',
  ),
  E_DEVICE_BIND_FAILED: entry<{ name: string; reason: string }>(
    1,
    (d) => `A socket could not be tied to the interface ${d.name}: ${d.reason}.`,
    () =>
      'Without it answers could leave on another network, so nothing was started. Check that the interface is still there.',
  ),
  E_INTERFACE_LOST: entry<{ name: string }>(
    1,
    (d) => `The network interface ${d.name} went away.`,
    () => 'Plug the adapter in again and start the session again.',
  ),

  E_FOREIGN_DHCP: entry<{
    name: string;
    address: string;
    kind: 'dhcp' | 'proxy';
    mac?: string | undefined;
    vendor?: string | undefined;
  }>(
    3,
    (d) =>
      `${d.address}${d.vendor === undefined ? '' : ` (${d.vendor})`} already ${d.kind === 'dhcp' ? 'hands out addresses' : 'answers network boots'} on ${d.name}.`,
    (d) =>
      d.kind === 'dhcp'
        ? 'Two DHCP servers disturb each other and everybody on that network. Let the other server give out the addresses, unplug the switch of the bench from that network, or choose another interface.'
        : 'Machines would boot what the other server says. Switch it off, unplug the bench from that network, or choose another interface.',
    (d) =>
      d.kind === 'dhcp'
        ? 'Two DHCP servers disturb each other and everybody on that network. Leave the addresses to it (--mode proxy), unplug the switch of the bench from that network, or choose another interface.'
        : 'Machines would boot what the other server says. Switch it off, unplug the bench from that network, or choose another interface.',
  ),
  E_DHCP_OF_OTHER_NETWORK: entry<{
    name: string;
    address: string;
    offeredAddress?: string | undefined;
    vendor?: string | undefined;
  }>(
    3,
    (d) =>
      `${d.address}${d.vendor === undefined ? '' : ` (${d.vendor})`} hands out addresses of another network on ${d.name}${d.offeredAddress === undefined ? '' : `, such as ${d.offeredAddress}`}.`,
    () =>
      'Machines that have one cannot reach this station. Give this computer an address of that network, or unplug the bench from it.',
  ),
  E_NO_DHCP_SERVER: entry<{ name: string }>(
    1,
    (d) => `No DHCP server answers on ${d.name}: machines there get no address.`,
    () =>
      'This session leaves the addresses to another server (ProxyDHCP). See to it that it runs and is plugged in, or start a session that hands out addresses itself.',
  ),
  E_PROBE_FAILED: entry<{ name: string; reason: string }>(
    3,
    (d) => `It cannot be told whether another DHCP server is on ${d.name}: ${d.reason}`,
    () =>
      'Stop what is in the way and look again. Where you are sure that no other DHCP server is on that network, you may start all the same.',
    () =>
      'Stop what is in the way. Where you are sure that no other DHCP server is on that network, say so (--no-probe).',
  ),

  E_REPLY_NOT_SENT: entry<{ name: string; reason: string }>(
    1,
    (d) => `Answers cannot be sent on ${d.name}: ${d.reason}.`,
    () => 'A firewall of this computer may forbid them: allow outgoing UDP on this interface for Fieldboot.',
  ),
  E_BOOT_FILE_UNSUITABLE: entry<{ bootFile: string; problem: string }>(
    1,
    (d) => `A machine may not boot "${d.bootFile}": ${d.problem}.`,
    () => 'Give the image or the boot file a shorter name.',
  ),

  E_MACHINE_LIST: entry<{ name: string; problem: string }>(
    2,
    (d) => `The machine list ${d.name} cannot be used: ${d.problem}.`,
    () =>
      'It is a table (CSV) with a heading line, such as "mac,serial,name,address", and a line for each machine. MAC, serial or UUID has to be there.',
  ),

  E_ANSWER_INVALID: entry<{
    name: string;
    file: string;
    line: number;
    column: number;
    problem: string;
    more: number;
  }>(
    2,
    (d) =>
      `The answer file ${d.name} cannot be used. ${d.file}, line ${d.line}, column ${d.column}: ${d.problem}${d.more === 0 ? '' : ` And ${d.more} more.`}`,
    () => 'Correct it there. Values come from the machine, the list of machines, and what is said for the session.',
    () =>
      'Correct it there; "fieldboot answers check" tells all of it. Values come with --machines, --var name=value and --secret name=FILE.',
  ),
  E_ANSWER_NOT_READABLE: entry<{ path: string; reason: string }>(
    2,
    (d) => `The answer file ${d.path} cannot be read: ${d.reason}.`,
    () => 'An answer file is text of at most 1 MB, or a folder with the few files that belong together.',
  ),
  E_ANSWER_NOT_FOUND: entry<{ answer: string }>(
    1,
    (d) => `There is no answer file ${d.answer} in the library.`,
    () => 'It may have been removed in another window. Choose another one.',
  ),

  E_PROFILE_NOT_FOUND: entry<{ profile: string }>(
    1,
    (d) => `There is no profile ${d.profile}.`,
    () => 'It may have been removed in another window. Choose another one.',
    () => '"fieldboot profiles list" tells which there are; the path of a file that was exported does as well.',
  ),
  E_PROFILE_INVALID: entry<{ source: string; problem: string }>(
    1,
    (d) => `${d.source} is no profile that can be used: ${d.problem}.`,
    () => 'Export it once more where it came from, or correct that place in a text editor.',
  ),
  E_PROFILE_IMAGE_MISSING: entry<{ profile: string; image: string; imageId: string }>(
    1,
    (d) => `The image of the profile ${d.profile} is not in the library: ${d.image} (${d.imageId}).`,
    () => 'Add that image to the library; its file may have any name.',
    () => 'Add it with "fieldboot images add", or say where it is with --image; its file may have any name.',
  ),

  E_RESERVATION: entry<{ address: string; problem: string }>(
    2,
    (d) => `The address ${d.address} cannot be reserved: ${d.problem}.`,
    () =>
      'Choose another address of the network of the bench, or leave it empty: the machine gets one of the pool then.',
  ),

  E_LOADERS_MISSING: entry<{ folder: string; missing: readonly string[] }>(
    1,
    (d) => `Boot loaders are missing from ${d.folder}: ${d.missing.join(', ')}.`,
    () => 'Install Fieldboot again; in a checkout run "npm run setup".',
    () =>
      'Run "npm run setup", or set FIELDBOOT_LOADERS to a folder that holds them (assets/loaders.json lists names and hashes).',
  ),
  E_LOADER_CORRUPT: entry<{ path: string; expected: string; actual: string }>(
    3,
    (d) => `The boot loader ${d.path} is not the one that was pinned: SHA-256 ${d.actual}, expected ${d.expected}.`,
    () => 'Delete it and run "npm run setup" again. Do not boot machines with it.',
  ),

  E_REHEARSAL_UNSUPPORTED: entry<{ platform: string }>(
    1,
    (d) =>
      `A rehearsal needs Linux: each simulated machine has an address of its own on the loopback, which ${d.platform} does not give.`,
    () => 'Rehearse on a Linux computer or in a Linux virtual machine. Real sessions do not need it.',
  ),

  E_INTERRUPTED: entry<Record<string, never>>(
    1,
    () => 'Stopped before it was done.',
    () => 'Nothing was changed. Run it again when you like.',
  ),

  E_UI_NOT_BUILT: entry<{ folder: string }>(
    1,
    (d) => `The user interface has not been built: ${d.folder} is not there.`,
    () => 'Run "npm start", or "npm run build:ui".',
  ),
  E_READ_ONLY: entry<{ call: string }>(
    3,
    () => 'This address may look and not touch.',
    () => 'Do it at the station itself.',
  ),
  E_NO_SHARING_ADDRESS: entry<Readonly<Record<string, never>>>(
    1,
    () => 'No other network of this computer could carry the read-only address.',
    () => 'Join the Wi-Fi that the phone is on, and try again.',
  ),
  E_SESSION_RUNNING: entry<{ imageName: string }>(
    1,
    (d) => `A session is running already: ${d.imageName}.`,
    () => 'Stop it first.',
  ),
  E_JOURNAL_NEWER: entry<{ path: string }>(
    1,
    () => 'The record of this session was written by a newer version of Fieldboot.',
    () => 'Install that version to read it. The record is left as it is.',
  ),
  E_NO_SESSION: entry<Readonly<Record<string, never>>>(
    1,
    () => 'No session runs.',
    () => 'Start one first: it says which network the machines are on.',
  ),
  E_SESSION_NOT_FOUND: entry<{ sessionId: string }>(
    1,
    () => 'There is no such session.',
    () => 'It may have been removed in another window.',
  ),

  E_HARDWARE_NOTES: entry<{ path: string; problem: string }>(
    1,
    (d) => `${d.path} holds no hardware notes: ${d.problem}.`,
    () => 'Take a file that "fieldboot hardware export" wrote.',
  ),

  E_INTERNAL: entry<{ detail: string }>(
    1,
    (d) => `Something failed that should not: ${d.detail}.`,
    () => 'This is a defect of Fieldboot. Please report it with what you did.',
    () => 'This is a defect of Fieldboot. Please report it with the command that you ran.',
  ),
} as const;

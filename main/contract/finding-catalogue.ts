/**
 * Everything the station can find out about why a machine does not boot, once.
 *
 * A finding has a stable code, the facts it is about, and two voices made from them: `sentence` says what is wrong with the machine
 * ("it") or the bench, `advice` what to do. Whether it is about one machine or the whole bench is its scope.
 */

interface CataloguedFinding<Data> {
  readonly scope: 'machine' | 'bench';
  readonly sentence: (data: Data) => string;
  readonly advice: (data: Data) => string;
}

const machine = <Data>(sentence: (data: Data) => string, advice: (data: Data) => string): CataloguedFinding<Data> => ({
  scope: 'machine',
  sentence,
  advice,
});
const bench = <Data>(sentence: (data: Data) => string, advice: (data: Data) => string): CataloguedFinding<Data> => ({
  scope: 'bench',
  sentence,
  advice,
});

type None = Record<string, never>;
interface File {
  /** As a person calls it: "the kernel vmlinuz". */
  readonly file: string;
}

export const findingCatalogue = {
  // The bench: cable, switch, interface, and the station itself.

  F_LINK_DOWN: bench<{ interfaceName: string }>(
    (d) =>
      `The interface ${d.interfaceName} has no link: nothing is plugged in at the other end, or it is switched off.`,
    () => 'Check the cable and that the switch has power; its lamp at this port should be lit.',
  ),
  F_INTERFACE_GONE: bench<{ interfaceName: string }>(
    (d) => `The interface ${d.interfaceName} is gone.`,
    () => 'Plug the adapter in again. The session goes on when it is back.',
  ),
  F_ADDRESS_CHANGED: bench<{ interfaceName: string; address: string }>(
    (d) => `Somebody took the address ${d.address} away from ${d.interfaceName}.`,
    () => 'Keep network managers off this interface, then stop the session and start it again.',
  ),
  F_NO_MACHINE_HEARD: bench<{ minutes: number }>(
    (d) => `No machine has asked to boot in ${d.minutes === 1 ? 'a minute' : `${d.minutes} minutes`}.`,
    () =>
      'Switch a machine on and choose network boot (often F12). If it says that it tries, check its cable, and that both are in the same switch and VLAN.',
  ),
  F_SPANNING_TREE: bench<{ switchMac: string }>(
    (d) => `The switch ${d.switchMac} runs spanning tree, and may keep a port shut for 30 seconds after power-on.`,
    () =>
      'Turn on PortFast (edge port) for the machines’ ports, or put a small switch without spanning tree in between.',
  ),
  F_VLAN_TAGS: bench<{ vlans: readonly number[] }>(
    (d) => `Frames tagged for VLAN ${d.vlans.join(', ')} arrive here: this is a trunk port.`,
    () => 'Use an access port of the machines’ VLAN; firmware speaks without tags.',
  ),
  F_FOREIGN_DHCP: bench<{ address: string; vendor?: string | undefined }>(
    (d) =>
      `Another DHCP server answers on this network: ${d.address}${d.vendor === undefined ? '' : ` (${d.vendor})`}.`,
    () => 'Unplug it, or start the session in proxy mode next to it.',
  ),
  F_POOL_EXHAUSTED: bench<{ poolSize: number }>(
    (d) => `All ${d.poolSize} addresses are taken: further machines get none.`,
    () => 'Stop the session and start it with a larger range of addresses.',
  ),
  F_FIREWALL_BLOCKS: bench<{ what: string }>(
    (d) => `This computer’s firewall keeps ${d.what} away from the machines.`,
    () => 'Allow Fieldboot in the firewall for this interface; the check before Start names the rule.',
  ),
  F_PORT_TAKEN: bench<{ port: number; owner?: string | undefined }>(
    (d) => `Port ${d.port} belongs to ${d.owner ?? 'another program'}.`,
    () => 'End that program, then start the session again.',
  ),
  F_DISK_FULL: bench<{ path: string }>(
    (d) => `The disk with ${d.path} is full: what happens now may be missing in the record.`,
    () => 'Free some space; the session goes on meanwhile.',
  ),
  F_IMAGE_CHANGED: bench<{ imageName: string }>(
    (d) => `The file of ${d.imageName} was changed or replaced during the session.`,
    () => 'Stop the session, put the right file back, and start again: machines may have got pieces of both.',
  ),
  F_IMAGE_UNREADABLE: bench<{ imageName: string; reason: string }>(
    (d) => `The image ${d.imageName} can no longer be read: ${d.reason}.`,
    () => 'Plug its disk or stick in again, or copy the image to this computer.',
  ),
  F_CLOCK_JUMPED: bench<{ seconds: number }>(
    (d) =>
      `This computer’s clock was set ${d.seconds < 0 ? 'back' : 'forward'} by ${Math.abs(Math.round(d.seconds))} s.`,
    () => 'Times in the record from before do not fit those after; leases are kept.',
  ),
  F_SLOW_LINK: bench<{ mbps: number; interfaceName: string }>(
    (d) => `The interface ${d.interfaceName} runs at ${d.mbps} Mbit/s only.`,
    () => 'Use a gigabit port and a cable with all eight wires (Cat 5e or better).',
  ),

  // A machine and its address.

  F_NO_REQUEST: machine<{ offers: number }>(
    (d) => `It asked for an address, was offered one ${d.offers} times, and takes none: our answer does not reach it.`,
    () => 'Check this computer’s firewall, and the cable and switch port: frames pass in one direction only.',
  ),
  F_TOOK_OTHER_SERVER: machine<{ server: string }>(
    (d) => `It took the address of another DHCP server, ${d.server}.`,
    () => 'Unplug that server, or start the session in proxy mode next to it.',
  ),
  F_PROXY_IGNORED: machine<None>(
    () =>
      'It has an address from the network’s DHCP server and never asked for our boot file: its firmware ignores proxies.',
    () =>
      'Enter the boot options shown for this session in that DHCP server, or serve addresses from here on a switch of its own.',
  ),
  F_ADDRESS_IN_USE: machine<{ address: string }>(
    (d) => `It refused the address ${d.address}: another device uses it.`,
    () =>
      'Find that device (it has a fixed address in the range), or choose another range. The machine is offered the next one.',
  ),
  F_WRONG_ARCHITECTURE: machine<{ firmware: string; image: string }>(
    (d) => `It is ${d.firmware}, and ${d.image} does not boot on that.`,
    () => 'Choose an image for this kind of machine, or switch its firmware between UEFI and legacy boot.',
  ),
  F_NO_LOADER: machine<{ firmware: string }>(
    (d) => `There is no loader for ${d.firmware} here.`,
    () => 'Run the set-up again, so that all loaders are there.',
  ),
  F_SHARED_ADAPTER: machine<{ machines: number }>(
    (d) => `Its network adapter was used by ${d.machines} machines: they are told apart by serial number.`,
    () => 'Nothing has to be done; names and approvals belong to the machine, not to the adapter.',
  ),

  // A machine and its loader.

  F_LOADER_NOT_FETCHED: machine<{ bootFile: string }>(
    (d) => `It has its address and was told of ${d.bootFile}, and does not fetch it.`,
    () =>
      'Check this computer’s firewall for TFTP (UDP 69). If it fetches nothing at all, its firmware took boot options from elsewhere.',
  ),
  F_TFTP_STALLS: machine<File>(
    (d) => `It asked for ${d.file} and no block of it arrives: it hears our answers, but not the file.`,
    () =>
      'Allow TFTP’s answers (UDP from any port of Fieldboot) in the firewall; on VPN or jumbo-frame networks set the MTU to 1500.',
  ),
  F_TFTP_CRAWLS: machine<File & { kibPerSecond: number; lossPercent: number }>(
    (d) =>
      `It gets ${d.file} at ${Math.round(d.kibPerSecond)} KiB/s only: ${Math.round(d.lossPercent)} % of the packets are lost.`,
    () =>
      'Change its cable and switch port; set both ends to automatic speed and duplex, and energy-efficient Ethernet off.',
  ),
  F_TRANSFER_BROKE: machine<File & { percent: number; reason?: string | undefined }>(
    (d) =>
      `It stopped fetching ${d.file} after ${Math.floor(d.percent)} %${d.reason === undefined ? '' : ` (${d.reason})`}.`,
    () => 'See what its screen says. If it is off or its cable is out, start it again.',
  ),
  F_SECURE_BOOT: machine<{ loader: string }>(
    (d) => `It fetched ${d.loader} whole and does not run it: Secure Boot refuses it, as it is not signed for that.`,
    () =>
      'It is given the signed loader when it asks again. If it does not, turn Secure Boot off in its firmware setup.',
  ),
  F_KERNEL_NOT_SIGNED: machine<{ image: string }>(
    (d) => `It has Secure Boot on, and the kernel of ${d.image} is not signed: its firmware will not start it.`,
    () => 'Turn Secure Boot off in its firmware setup, or choose an image with a signed kernel.',
  ),
  F_LOADER_SILENT: machine<{ loader: string }>(
    (d) =>
      `It fetched ${d.loader} whole and was not heard of since: the loader hangs, most likely in its network driver.`,
    () => 'Switch it off and on: it gets the next loader. If its screen says something, enter that here.',
  ),
  F_LOADER_LOOP: machine<{ loader: string; times: number }>(
    (d) => `It fetched ${d.loader} ${d.times} times in a row and never got further.`,
    () => 'See what its screen says between two tries, and enter that here.',
  ),
  F_LADDER_EXHAUSTED: machine<{ loaders: readonly string[] }>(
    (d) => `None of its loaders works on it: ${d.loaders.join(', ')}.`,
    () => 'Update its firmware, use another network adapter, or turn Secure Boot off; then switch it on again.',
  ),
  F_LOADER_FAILED: machine<{ reason: string }>(
    (d) => `Its loader could not start what it was given: ${d.reason}.`,
    () => 'It asks again by itself. If it goes on, check its memory and that the image fits the machine.',
  ),
  F_SCRIPT_NOT_FETCHED: machine<None>(
    () => 'Its loader runs, and does not fetch its script over HTTP.',
    () => 'Allow Fieldboot’s HTTP port in this computer’s firewall; the check before Start names it.',
  ),

  // A machine and its system.

  F_TOO_LITTLE_MEMORY: machine<{ hasMiB: number; needsMiB: number }>(
    (d) => `It has ${d.hasMiB} MiB of memory, and this image needs ${d.needsMiB}.`,
    () => 'Add memory, or choose an image that needs less.',
  ),
  F_INITRD_NOT_FETCHED: machine<{ initrd: string }>(
    (d) => `It fetched the kernel and not ${d.initrd}: there may be no room for it in its memory.`,
    () => 'Check how much memory it has, or choose an image that needs less.',
  ),
  F_KERNEL_SILENT: machine<None>(
    () =>
      'It has kernel and initrd, and nothing was heard of it since: the kernel hangs, or has no driver for its network card.',
    () =>
      'See what its screen says. Try another entry of the image, such as safe graphics, or the argument "nomodeset".',
  ),
  F_KERNEL_INITRD_MISMATCH: machine<{ kernel: string; initrd: string }>(
    (d) => `The kernel (${d.kernel}) and the initrd (${d.initrd}) are of different versions: its drivers do not load.`,
    () => 'Use an image whose kernel and initrd belong together, or the set that fits this one.',
  ),
  F_SYSTEM_FILES_STOPPED: machine<File & { percent: number }>(
    (d) => `Its system stopped fetching ${d.file} after ${Math.floor(d.percent)} %.`,
    () => 'See what its screen says; most often it ran out of memory or its cable is out.',
  ),
  F_SYSTEM_FILE_MISSING: machine<{ path: string }>(
    (d) => `Its system asked for ${d.path}, which is not in the image.`,
    () => 'Check the kernel arguments of the entry, and that the image is complete (verify it in the library).',
  ),
  F_NO_INSTALL_MEDIA: machine<None>(
    () => 'Its installer does not find its packages: this image looks for them on a CD or stick.',
    () => 'Use the network installer (netboot) of the same version; the image’s page tells which.',
  ),
  F_ANSWER_FILE_NOT_FETCHED: machine<{ name: string }>(
    (d) => `Its installer runs and did not fetch the answer file ${d.name}.`,
    () => 'Check that the kernel arguments name it; the step Boot shows them.',
  ),
  F_NO_NETWORK_DRIVER: machine<None>(
    () => 'Its system has no driver for its network card: it booted from this network and cannot reach it any more.',
    () =>
      'Use a newer image, or another network adapter (USB adapters with ASIX or Realtek chips are known nearly everywhere).',
  ),
  F_NEVER_BOOTS: machine<{ renewals: number }>(
    (d) =>
      `It only renews its address (${d.renewals} times) and never asks to boot: it runs the system on its own disk.`,
    () => 'Restart it and choose network boot (often F12), or put network boot first in its firmware setup.',
  ),
  F_REINSTALL_LOOP: machine<{ times: number }>(
    (d) => `It was given the installer ${d.times} times: it starts from the network again after each installation.`,
    () => 'Let it start from its own disk after the boot (in the step Boot), or put the disk first in its boot order.',
  ),
  F_WAITS: machine<{ code: string }>(
    (d) => `It waits to be approved and shows the code ${d.code}.`,
    () => 'Compare the code with the machine’s screen, and approve it.',
  ),
  F_SLOW_MACHINE: machine<{ bytesPerSecond: number; typicalBytesPerSecond: number }>(
    (d) =>
      `It fetches at a ${Math.round(d.typicalBytesPerSecond / Math.max(1, d.bytesPerSecond))}th of the speed of the others.`,
    () => 'Change its cable and switch port; a broken pair of wires makes a gigabit port run at 100 Mbit/s or less.',
  ),

  // Only the machine's screen tells these.

  F_FIRMWARE_NO_MEDIA: machine<None>(
    () => 'Its firmware sees no link on its network card.',
    () =>
      'Check its cable and the lamp beside the socket. Some docks and USB adapters work only after the system has started.',
  ),
  F_FIRMWARE_NO_OFFER: machine<None>(
    () => 'Its firmware asked for an address and heard no answer that it can use.',
    () =>
      'If it is not in the list of machines, its requests do not arrive: check cable, VLAN and spanning tree. If it is, check the firewall of this computer.',
  ),
  F_FIRMWARE_NO_BOOT_FILE: machine<None>(
    () => 'It got an address without a boot file: another DHCP server answered it, or it may not boot in this session.',
    () =>
      'Look for other DHCP servers (step Network). If it is in the list of machines, its sentence there says why it gets nothing.',
  ),
  F_FIRMWARE_4011: machine<None>(
    () => 'Its firmware asks the boot server at port 4011 and hears nothing.',
    () => 'Allow UDP 4011 for Fieldboot in this computer’s firewall.',
  ),
  F_FIRMWARE_TFTP: machine<None>(
    () => 'Its firmware could not fetch its loader over TFTP.',
    () =>
      'Allow Fieldboot in this computer’s firewall (UDP 69 and answers from any port); then check cable and switch port.',
  ),
  F_FIRMWARE_ARP: machine<None>(
    () => 'Its firmware does not find the computer that it was told to fetch its loader from.',
    () =>
      'Another DHCP server may have named a wrong one: look for other servers (step Network). Else check cable and VLAN.',
  ),
  F_FIRMWARE_MEMORY: machine<None>(
    () => 'The loader does not fit into the memory that its firmware keeps for it.',
    () => 'Update its firmware, or switch it from legacy (BIOS) to UEFI boot.',
  ),
  F_FIRMWARE_CARD: machine<None>(
    () => 'Its network card does not start: the card or its firmware has a fault.',
    () =>
      'Switch it off, take its power away for half a minute, and try again; then update its firmware or use another adapter.',
  ),
  F_FIRMWARE_CANCELLED: machine<None>(
    () => 'Somebody pressed a key and cancelled its network boot.',
    () => 'Start it again and leave the keyboard alone.',
  ),
  F_FIRMWARE_NEXT_DEVICE: machine<None>(
    () => 'Its firmware gave network boot up and goes on with the next device.',
    () => 'The lines above this one on its screen say why: enter those here.',
  ),
  F_HTTP_BOOT_REFUSED: machine<None>(
    () => 'Its firmware refuses to boot over plain HTTP.',
    () => 'Choose PXE (IPv4) instead of HTTP in its boot menu, or allow HTTP connections in its firmware setup.',
  ),
  F_SHIM_VERIFICATION: machine<None>(
    () => 'Secure Boot refused a file: it is not signed by anyone whom its firmware or shim trusts.',
    () => 'Use an image whose kernel is signed by its publisher, or turn Secure Boot off in its firmware setup.',
  ),
  F_SHIM_REVOKED: machine<None>(
    () => 'Secure Boot refused a loader that was revoked: it is too old for this firmware.',
    () => 'Use a newer image, or a newer version of Fieldboot with newer loaders; else turn Secure Boot off.',
  ),
  F_GRUB_NO_CONFIG: machine<None>(
    () => 'GRUB runs and did not find its configuration.',
    () =>
      'It stands at its prompt: type "exit", so that it boots anew. If it comes back, allow TFTP in this computer’s firewall.',
  ),
  F_IPXE_NO_DRIVER: machine<None>(
    () => 'iPXE runs and finds no network card that it has a driver for.',
    () => 'Switch it off and on: it gets the loader that uses the firmware’s own driver.',
  ),
  F_LOADER_NO_SPACE: machine<None>(
    () => 'Its loader has no memory left for what it was given.',
    () => 'Add memory, or choose an image that needs less.',
  ),
  F_IPXE_NOT_EXECUTABLE: machine<None>(
    () => 'iPXE cannot run what it was given: it is for another kind of machine or damaged, or Secure Boot refuses it.',
    () => 'Check the architecture of the image, verify it in the library, and see whether Secure Boot is on.',
  ),
  F_IPXE_TIMEOUT: machine<None>(
    () => 'iPXE asked this computer for a file and heard no answer.',
    () => 'Allow Fieldboot’s HTTP port in this computer’s firewall; then check cable and switch port.',
  ),
  F_IPXE_NOT_FOUND: machine<None>(
    () => 'iPXE asked for a file that is not here.',
    () => 'Check the kernel arguments of the entry, and verify the image in the library.',
  ),
  F_KERNEL_PANIC_ROOT: machine<None>(
    () => 'Its kernel runs and has no system to start: the initrd is missing, damaged, or did not fit into memory.',
    () => 'Check how much memory it has, and verify the image in the library.',
  ),
  F_KERNEL_OUT_OF_MEMORY: machine<None>(
    () => 'Its system ran out of memory while it started.',
    () => 'Add memory, or choose an image that needs less.',
  ),
  F_LIVE_NO_FILESYSTEM: machine<None>(
    () => 'Its live system does not find its file system on the network.',
    () => 'See in its timeline whether it asked for the file. If not, its initrd has no driver for its network card.',
  ),
} as const;

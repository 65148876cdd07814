import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { runChecked } from './command.ts';

/**
 * An initial RAM disk for Debian's installer kernel that brings the network up and then does what a script says: in the place of a
 * distribution's own, which cannot be had here, it fetches what that would fetch and says what came.
 */

/** In the order they are loaded: the network card of a virtual machine. */
const MODULES = [
  'virtio',
  'virtio_ring',
  'virtio_pci_legacy_dev',
  'virtio_pci_modern_dev',
  'virtio_pci',
  'failover',
  'net_failover',
  'virtio_net',
];

const init = `#!/bin/busybox sh
export PATH=/bin
/bin/busybox mkdir -p /proc /sys /dev /tmp /etc
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
exec < /dev/ttyS0 > /dev/ttyS0 2>&1
for module in ${MODULES.join(' ')}; do
  [ ! -e /modules/$module.ko ] || insmod /modules/$module.ko
done
# Value of a word of the kernel's command line, such as "url".
word() {
  for one in $(cat /proc/cmdline); do case $one in "$1"=*) echo "\${one#*=}"; return 0 ;; esac; done
  return 1
}
# Fetches a URL and says the hash of what came.
fetch() {
  if wget -q -O "$2" "$1"; then echo "FETCHED $1 $(sha256sum < "$2" | cut -d' ' -f1)"; else echo "FAILED $1"; fi
}
# The head of the answer to a request for some bytes of a URL, as curl -r asks for them.
range() {
  rest=\${1#http://}; host=\${rest%%/*}; port=80
  case $host in *:*) port=\${host#*:}; host=\${host%:*} ;; esac
  printf 'GET /%s HTTP/1.1\\r\\nHost: %s\\r\\nRange: bytes=%s\\r\\nConnection: close\\r\\n\\r\\n' "\${rest#*/}" "$host" "$2" |
    nc "$host" "$port" | tr -d '\\r' | grep -aiE '^(HTTP/|content-range)' | sed 's/^/RANGE /'
}
echo "COMMAND LINE $(cat /proc/cmdline)"
if [ "$(word ip)" = dhcp ] || [ -e /always-network ]; then
  ip link set eth0 up
  udhcpc -i eth0 -n -q -t 20 -T 3 -s /configure || echo "FAILED DHCP"
fi
. /family
hostname "$(cat /etc/hostname)"
while true; do getty -L ttyS0 115200 vt100; done
`;

const configure = `#!/bin/busybox sh
[ "$1" = bound ] || exit 0
ip address add "$ip/$mask" dev "$interface"
echo "ADDRESS $ip"
`;

export interface FetchingInitrd {
  /** Where it is written, gzipped. */
  readonly path: string;
  /** What it does once the network is up: busybox sh with the functions `word`, `fetch` and `range`. */
  readonly script: string;
  readonly hostName: string;
  /** Asks for an address also where no `ip=dhcp` tells it to. */
  readonly alwaysNetwork?: boolean;
  /** Further files, by which the family is known. */
  readonly markers?: readonly string[];
}

/** `installer`: a folder with Debian's netboot initrd, whose modules fit the kernel beside it. */
export async function writeFetchingInitrd(installer: string, work: string, initrd: FetchingInitrd): Promise<void> {
  const root = join(work, `initrd-${basename(initrd.path)}-${initrd.hostName}`);
  const texts: Record<string, string> = {
    init,
    configure,
    family: initrd.script,
    'etc/hostname': `${initrd.hostName}\n`,
    'etc/issue': 'fetching initrd \\\\l\n',
    ...(initrd.alwaysNetwork === true ? { 'always-network': '' } : {}),
    ...Object.fromEntries((initrd.markers ?? []).map((path) => [path, 'marker\n'])),
  };
  for (const [path, text] of Object.entries(texts)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    await chmod(join(root, path), 0o755);
  }
  await copyBusybox(root);
  await copyModules(installer, root);
  await mkdir(dirname(initrd.path), { recursive: true });
  const pack = 'cd "$1" && find . | busybox cpio -o -H newc 2> /dev/null | gzip -9 > "$2"';
  await runChecked(['bash', '-o', 'pipefail', '-c', pack, 'bash', root, initrd.path]);
}

async function copyBusybox(root: string): Promise<void> {
  await mkdir(join(root, 'bin'), { recursive: true });
  const busybox = (await runChecked(['sh', '-c', 'readlink -f "$(command -v busybox)"'])).trim();
  await copyFile(busybox, join(root, 'bin/busybox'));
  // Linked to libraries or not, as Debian's two packages of it are.
  const linked = await runChecked(['sh', '-c', `ldd ${busybox} || true`]);
  for (const [, library = ''] of linked.matchAll(/(\/\S+) \(0x/g)) {
    await mkdir(join(root, dirname(library)), { recursive: true });
    await copyFile(library, join(root, library));
  }
}

async function copyModules(installer: string, root: string): Promise<void> {
  await mkdir(join(root, 'modules'), { recursive: true });
  const unpacked = join(root, '../modules-of-installer');
  await mkdir(unpacked, { recursive: true });
  const wanted = MODULES.map((name) => `*/${name}.ko`);
  await runChecked(['bsdtar', '-xf', join(installer, 'initrd.gz'), '-C', unpacked, ...wanted], { timeoutMs: 60_000 });
  const found = await runChecked(['find', unpacked, '-name', '*.ko']);
  for (const path of found.trim().split('\n')) await copyFile(path, join(root, 'modules', basename(path)));
}

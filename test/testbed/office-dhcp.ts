import { Bed } from './namespace.ts';

/** The DHCP server that a network has already: dnsmasq on the bench, which knows nothing of network boot. */

const ADDRESS = '192.168.77.254';
const READY_TIMEOUT_MS = 10_000;

export async function startOfficeDhcp(bed: Bed): Promise<AsyncDisposable> {
  const { namespace, interfaceName } = await bed.addClient({ address: `${ADDRESS}/${Bed.prefixLength}` });
  const words = [
    'dnsmasq --keep-in-foreground --log-facility=- --log-dhcp --port=0 --conf-file=/dev/null --leasefile-ro --no-ping',
    `--interface=${interfaceName} --bind-interfaces --dhcp-range=192.168.77.150,192.168.77.199,1h`,
  ];
  const server = namespace.spawn(words.join(' ').split(' '));
  await server.waitFor(
    'word of dnsmasq that it serves',
    () => [...server.stdoutLines, ...server.stderrLines].find((line) => /DHCP, IP range/.test(line)),
    READY_TIMEOUT_MS,
  );
  return { [Symbol.asyncDispose]: async () => void (await server.stop()) };
}

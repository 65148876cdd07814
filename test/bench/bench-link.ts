import { NetworkNamespace } from '../testbed/namespace.ts';

/** Two namespaces and a cable: the server's and the clients'. Nothing else is on the wire. */
export class BenchLink implements AsyncDisposable {
  static readonly address = '10.78.0.1';
  static readonly prefixLength = 16;
  static readonly serverInterface = 'server0';
  static readonly clientInterface = 'client0';

  readonly server: NetworkNamespace;
  readonly clients: NetworkNamespace;

  private constructor(server: NetworkNamespace, clients: NetworkNamespace) {
    this.server = server;
    this.clients = clients;
  }

  static async open(clientCount: number): Promise<BenchLink> {
    const link = new BenchLink(await NetworkNamespace.open(), await NetworkNamespace.open());
    const { server, clients } = link;
    const { serverInterface, clientInterface, address, prefixLength } = BenchLink;
    await server.configure(`link add ${serverInterface} type veth peer name ${clientInterface} netns ${clients.name}`);
    await server.configure(`address add ${address}/${prefixLength} dev ${serverInterface}`);
    for (let index = 0; index < clientCount; index += 1) {
      await clients.configure(`address add ${BenchLink.clientAddress(index)}/${prefixLength} dev ${clientInterface}`);
    }
    await server.configure(`link set ${serverInterface} up`);
    await clients.configure(`link set ${clientInterface} up`);
    return link;
  }

  /** A bench has many machines: each transfer comes from an address of its own. */
  static clientAddress(index: number): string {
    return `10.78.1.${index + 1}`;
  }

  /** Delays each way by netem; false where this kernel has none. */
  async delay(milliseconds: number): Promise<boolean> {
    const qdisc = (name: string) => ['tc', 'qdisc', 'replace', 'dev', name, 'root', 'netem', 'delay'];
    const delay = `${milliseconds}ms`;
    const results = [
      await this.server.run([...qdisc(BenchLink.serverInterface), delay]),
      await this.clients.run([...qdisc(BenchLink.clientInterface), delay]),
    ];
    return results.every(({ code }) => code === 0);
  }

  async plain(): Promise<void> {
    await this.server.run(['tc', 'qdisc', 'del', 'dev', BenchLink.serverInterface, 'root']);
    await this.clients.run(['tc', 'qdisc', 'del', 'dev', BenchLink.clientInterface, 'root']);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
    await this.clients[Symbol.asyncDispose]();
  }
}

import type { EmitEvent } from '../contract/events.ts';
import type { NetworkInterface } from '../contract/network.ts';
import { watchForeignDhcp } from './net/foreign-dhcp-watch.ts';
import type { SessionConfig, SessionPorts } from './session-config.ts';

interface ForeignDhcpGuard extends AsyncDisposable {
  /** Hardware addresses by which it asks: the session's own server must not answer them. */
  readonly macs: readonly string[];
  /** Resolves when the session's DHCP may answer; undefined where it may at once. */
  readonly quiet: Promise<void> | undefined;
  /** Rejects when the session must not go on. */
  readonly failed: Promise<never>;
}

/**
 * The session is ready and serves files at once, but its DHCP keeps requests until the first look at the wire is over. That takes as
 * long as the slowest common server needs to answer (dnsmasq: 3 s), which is less than firmware waits, and a network that has a
 * server already is never disturbed by a second one.
 */
export function refuseForeignDhcp(
  config: SessionConfig,
  networkInterface: NetworkInterface,
  ports: SessionPorts,
  emit: EmitEvent,
): ForeignDhcpGuard {
  const failure = Promise.withResolvers<never>();
  // Whoever waits for it hears of it; that nobody does is no defect.
  failure.promise.catch(() => undefined);
  // Nobody else is on the loopback.
  if (config.probe === false || networkInterface.kind === 'loopback') {
    const nothing = (): Promise<void> => Promise.resolve();
    return { macs: [], quiet: undefined, failed: failure.promise, [Symbol.asyncDispose]: nothing };
  }
  const allowed = config.allowForeignDhcp ?? false;
  const watch = watchForeignDhcp({
    networkInterface,
    ports: { server: ports.dhcpServer, client: ports.dhcpClient },
    allowed,
    onFinding: (finding) => {
      const { code, title, advice } = finding;
      emit({ type: 'engine.trouble', code, title, advice });
      if (!allowed) failure.reject(finding);
    },
  });
  return {
    macs: watch.macs,
    quiet: watch.quiet,
    failed: failure.promise,
    [Symbol.asyncDispose]: () => watch[Symbol.asyncDispose](),
  };
}

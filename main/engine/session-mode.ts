import { StationError } from '../contract/errors.ts';
import type { EmitEvent } from '../contract/events.ts';
import type { NetworkInterface } from '../contract/network.ts';
import type { ForeignServer, ProbeResult, ServingMode, SessionMode } from '../contract/session.ts';
import { tellDhcpPresence } from './net/dhcp-presence.ts';
import { watchForeignDhcp } from './net/foreign-dhcp-watch.ts';
import { type DecidedMode, modeByLook } from './net/mode-by-look.ts';
import type { SessionConfig, SessionPorts } from './session-config.ts';

export interface SessionModeDecision extends AsyncDisposable {
  /** Hardware addresses by which other servers are asked for: the session's own server must not answer them. */
  readonly macs: readonly string[];
  /** Resolves when the session's DHCP may answer, and how. Pending for ever where it must not. */
  readonly decided: Promise<DecidedMode>;
  /** Rejects when the session must not go on. */
  readonly failed: Promise<never>;
}

/** What the person wants; to serve beside another server, in so many words, is to hand out addresses. */
export const wantedMode = ({ mode = 'auto', allowForeignDhcp, probe }: SessionConfig): SessionMode =>
  mode === 'auto' && (allowForeignDhcp === true || probe === false) ? 'dhcp' : mode;

/**
 * The session is ready and serves files at once, but its DHCP keeps requests until it is known who else is there. That takes as
 * long as the slowest common server needs to answer (dnsmasq: 3 s), which is less than firmware waits, and a network that has a
 * server already is never disturbed by a second one.
 */
export function decideSessionMode(
  config: SessionConfig,
  networkInterface: NetworkInterface,
  ports: SessionPorts,
  emit: EmitEvent,
): SessionModeDecision {
  const { name, kind } = networkInterface;
  const wanted = wantedMode(config);
  const decided = Promise.withResolvers<DecidedMode>();
  const failure = Promise.withResolvers<never>();
  // Whoever waits for it hears of it; that nobody does is no defect.
  failure.promise.catch(() => undefined);
  let mode: ServingMode | undefined;

  const decide = (known: ServingMode, reason: string): void => {
    mode = known;
    decided.resolve({ mode: known, reason });
  };
  const tell = (finding: StationError): void => {
    const { code, title, advice } = finding;
    emit({ type: 'engine.trouble', code, title, advice });
  };
  const end = (finding: StationError): void => {
    tell(finding);
    failure.reject(finding);
  };
  const promises = { decided: decided.promise, failed: failure.promise };

  // Nobody else is on the loopback.
  if (config.probe === false || kind === 'loopback') {
    const known = wanted === 'proxy' ? 'proxy' : 'dhcp';
    decide(known, asWanted[known]);
    return { macs: [], ...promises, [Symbol.asyncDispose]: () => Promise.resolve() };
  }

  const mayBeThere = ({ kind: foreign }: ForeignServer): boolean =>
    wanted === 'auto'
      ? mode === undefined || (mode === 'proxy' && foreign === 'dhcp')
      : wanted === 'proxy' && foreign === 'dhcp';
  const presence = tellDhcpPresence(name, emit);
  const watch = watchForeignDhcp({
    networkInterface,
    ports: { server: ports.dhcpServer, client: ports.dhcpClient },
    isExpected: () => mode === 'proxy',
    onServer(server) {
      if (mayBeThere(server)) return;
      const finding = new StationError('E_FOREIGN_DHCP', { name, address: server.address, kind: server.kind });
      // Two that only tell what to boot do not disturb the network: which of them a machine hears is the person's to know.
      if (config.allowForeignDhcp === true || mode === 'proxy') tell(finding);
      else end(finding);
    },
    onLook(servers) {
      if (mode === 'proxy') presence(servers);
    },
  });

  if (wanted === 'proxy') decide('proxy', asWanted.proxy);
  else if (config.allowForeignDhcp === true) decide('dhcp', asWanted.dhcp);
  const look = async (): Promise<void> => {
    try {
      const result = await watch.firstLook;
      if (mode === 'proxy') presence(result.servers);
      else if (wanted === 'auto') decideByLook(result);
      else if (mode === undefined && result.servers.length === 0) decide('dhcp', asWanted.dhcp);
    } catch (error) {
      // The session ended before.
      if (error instanceof Error && error.name === 'AbortError') return;
      const reason = error instanceof Error ? error.message : `${String(error)}.`;
      const finding = new StationError('E_PROBE_FAILED', { name, reason }, { cause: error });
      if (mode === undefined) end(finding);
      else tell(finding);
    }
  };
  void look();

  function decideByLook(result: ProbeResult): void {
    const decision = modeByLook(result, networkInterface, config.allowUnfitInterface === true);
    if (decision instanceof StationError) end(decision);
    else decide(decision.mode, decision.reason);
  }

  return {
    macs: watch.macs,
    ...promises,
    [Symbol.asyncDispose]: () => watch[Symbol.asyncDispose](),
  };
}

const asWanted: Readonly<Record<ServingMode, string>> = {
  dhcp: 'This station hands out the addresses, as was asked.',
  proxy:
    'Another server hands out the addresses, as was asked; this station only tells machines what to boot (ProxyDHCP).',
};

import type { EngineEvent, FileKind } from '../../contract/events.ts';
import { type Client, type ClientTransfer, hasFinished } from './client.ts';
import { atStage, change, changeClient, type Journeys, noteAddress, type Patch, problem, touch } from './journeys.ts';
import { clientAt, identify } from './identity.ts';
import { loaderSentence, localDiskSentence, noLoaderSentence } from './loader-sentence.ts';
import { afterAcknowledgement, afterFile, fileInWords, starting, waiting } from './sentence.ts';
import { forgetUuidOfBoot, keepBeforeBoot, recognise } from './recognition.ts';
import { type Stage, stageOrder } from './stage.ts';

/**
 * Events to clients: a fold. The same events always give the same state, on the station, after a restart and on a screen.
 */

/**
 * Applies one event; returns the id of the client that changed, undefined where none did. Others that it changed are in
 * `journeys.news`.
 */
export function applyEvent(journeys: Journeys, event: EngineEvent): string | undefined {
  switch (event.type) {
    case 'dhcp.request':
      return onDhcpRequest(journeys, event);
    case 'dhcp.reply': {
      if (event.message === 'NAK')
        return change(journeys, event.mac, event.at, {
          sentence: 'Its old address was refused; it asks for a new one.',
        });
      if (event.address !== undefined) noteAddress(journeys, event.mac, event.address);
      return change(journeys, event.mac, event.at, {
        address: event.address,
        sentence:
          event.message === 'ACK' ? afterAcknowledgement(clientAt(journeys, event.mac), event.bootFile) : undefined,
      });
    }
    case 'client.addressed':
      noteAddress(journeys, event.mac, event.address);
      return change(journeys, event.mac, event.at, { address: event.address });
    case 'dhcp.silent':
      return change(journeys, event.mac, event.at, {});
    case 'dhcp.declined':
      return problem(journeys, event.mac, event.at, `It refused the address ${event.address}: another device uses it.`);
    case 'dhcp.pool-exhausted':
      return problem(
        journeys,
        event.mac,
        event.at,
        `There is no free address for it: all ${event.poolSize} are taken.`,
      );
    case 'transfer.started':
      return onTransferStarted(journeys, event);
    case 'transfer.progress':
      return onTransfer(journeys, event.transferId, event.at, (transfer) => ({
        ...transfer,
        sentBytes: event.sentBytes,
        bytesPerSecond: event.bytesPerSecond,
      }));
    case 'transfer.ended':
      return onTransferEnded(journeys, event);
    case 'file.missing':
      // Firmware and loaders look for files that need not be there; only a boot that stops at one is a finding.
      return touch(journeys, event.peerAddress, event.at);
    case 'file.refused':
      return touch(journeys, event.peerAddress, event.at);
    case 'client.misfit': {
      const { mac, at, findings } = event;
      const sentences = findings.map(({ sentence, advice }) => `${sentence} ${advice}`);
      return change(journeys, mac, at, { misfit: sentences.length === 0 ? undefined : sentences.join(' ') });
    }
    case 'client.identified':
      return onIdentified(journeys, event);
    case 'client.planned': {
      const { entryTitle, bootFiles: awaitedFiles, fetchesSystemFiles } = event;
      return change(journeys, event.mac, event.at, {
        waitingCode: undefined,
        boot: { entryTitle, awaitedFiles, fetchesSystemFiles },
      });
    }
    case 'client.loader':
      return change(journeys, event.mac, event.at, { loader: event.loader, sentence: loaderSentence(event) });
    case 'client.no-loader':
      return problem(journeys, event.mac, event.at, noLoaderSentence(event));
    case 'client.local-disk':
      return change(journeys, event.mac, event.at, { sentence: localDiskSentence(event) });
    case 'client.waiting':
      return change(journeys, event.mac, event.at, {
        ...atStage(clientAt(journeys, event.mac), 'menu', 'seen', event.at),
        waitingCode: event.code,
        sentence: waiting(event.code),
      });
    case 'client.approved':
    case 'client.refused':
      return onDecision(journeys, event);
    case 'session.started':
    case 'session.mode':
    case 'session.stopped':
    case 'client.report-refused':
    case 'dhcp.dropped':
    case 'engine.trouble':
    case 'engine.trouble-over':
      return undefined;
    default:
      return event satisfies never;
  }
}

type EventOf<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>;

const stageOfKind: Readonly<Record<FileKind, Stage | undefined>> = {
  loader: 'loader',
  script: 'menu',
  kernel: 'kernel',
  initrd: 'initrd',
  system: 'system-files',
  image: 'system-files',
  other: undefined,
};

function onDhcpRequest(journeys: Journeys, event: EventOf<'dhcp.request'>): string | undefined {
  const { mac, at } = event;
  if (event.message === 'RELEASE' || event.message === 'DECLINE') return change(journeys, mac, at, {});
  const facts = {
    ...(event.hostName === undefined ? {} : { hostName: event.hostName }),
    ...(event.firmware === 'unknown' ? {} : { firmware: event.firmware }),
  };
  // An operating system is where its firmware was, and has no way to say more.
  if (event.bootClient === 'none') return onSystemDhcp(journeys, event, clientAt(journeys, mac), facts);
  const present = clientAt(journeys, mac);
  const begins = present === undefined || startsNewBoot(present, event);
  forgetUuidOfBoot(journeys, event, begins);
  const before = identify(journeys, { mac, uuid: event.uuid }).client;
  const isNewBoot = begins || before === undefined || before.boots === 0 || before.id !== present.id;
  recognise(journeys, { mac, uuid: event.uuid }, 'packet', at);
  if (isNewBoot) {
    keepBeforeBoot(journeys, before);
    return change(journeys, mac, at, {
      ...facts,
      ...atStage(before?.stage === 'power-on' ? before : undefined, 'dhcp', 'seen', at),
      transfer: undefined,
      problem: undefined,
      boot: undefined,
      waitingCode: undefined,
      finished: before !== undefined && hasFinished(before),
      bootsAgain: false,
      boots: (before?.boots ?? 0) + 1,
      sentence: 'Its firmware asks for an address and something to boot.',
    });
  }
  const sentence = event.bootClient === 'ipxe' ? 'iPXE runs and asks for its script.' : before?.sentence;
  return change(journeys, mac, at, { ...facts, sentence });
}

/** A request from the operating system: it runs, whatever else was missed. */
function onSystemDhcp(
  journeys: Journeys,
  event: EventOf<'dhcp.request'>,
  before: Client | undefined,
  facts: Partial<Client>,
): string | undefined {
  // It booted before in this session, and this time its firmware was sent to its own disk.
  const isSentToDisk = before !== undefined && stageOrder(before.stage) < stageOrder('kernel');
  if (before?.finished === true && (isSentToDisk || before.stage === 'done')) {
    return change(journeys, event.mac, event.at, {
      ...facts,
      ...atStage(before, 'done', 'seen', event.at),
      sentence: 'It is done: the system on its own disk runs.',
    });
  }
  const booted = before !== undefined && stageOrder(before.stage) >= stageOrder('kernel');
  // An initrd asks for an address first, to fetch its system with: nothing runs yet but the initrd.
  if (booted && before.boot?.fetchesSystemFiles === true && stageOrder(before.stage) < stageOrder('system-files')) {
    return change(journeys, event.mac, event.at, { ...facts, sentence: 'Its initrd runs and asked for an address.' });
  }
  const sentence = booted
    ? 'The system it booted runs and asked for an address.'
    : 'An operating system asked for an address; it did not boot from the network.';
  // It asks more than once: what the first time told stays true.
  const isKnown = before?.stage === 'running' && before.evidence === 'seen';
  return change(journeys, event.mac, event.at, {
    ...facts,
    ...atStage(before, 'running', 'seen', event.at),
    boots: before?.boots ?? 0,
    finished: booted && !isKnown ? true : undefined,
    sentence: isKnown ? before.sentence : sentence,
  });
}

/** Firmware speaks again after a loader ran, or long after: the machine was switched on again. */
function startsNewBoot(before: Client, event: EventOf<'dhcp.request'>): boolean {
  if (event.message !== 'DISCOVER' && event.message !== 'BOOTP') return false;
  const afterLoader = stageOrder(before.stage) >= stageOrder('loader');
  // iPXE asks again after it was loaded: the same boot, unless a kernel had been started already.
  if (event.bootClient === 'ipxe') return stageOrder(before.stage) >= stageOrder('kernel');
  const elapsedMs = event.at - before.lastSeenMs;
  // Firmware that did not start what PXE brought goes on to HTTP Boot, after it looked for IPv6.
  if (event.bootClient === 'http-boot' && before.stage === 'loader') return elapsedMs > 180_000;
  return afterLoader || elapsedMs > 120_000;
}

/** A loader said whose machine it runs on. */
function onIdentified(journeys: Journeys, event: EventOf<'client.identified'>): string {
  const { mac, at, uuid, serial } = event;
  recognise(journeys, { mac, uuid, serial }, 'report', at);
  return change(journeys, mac, at, {
    ...afterFailedBoot(clientAt(journeys, mac), at),
    address: event.peerAddress,
    manufacturer: event.manufacturer,
    product: event.product,
    asset: event.asset,
    memoryMiB: event.memoryMiB,
    processor: event.processor,
    networkChip: event.networkChip,
  });
}

function onTransferStarted(journeys: Journeys, event: EventOf<'transfer.started'>): string | undefined {
  const mac = journeys.macByAddress.get(event.peerAddress);
  const before = mac === undefined ? undefined : clientAt(journeys, mac);
  if (mac === undefined || before === undefined) return undefined;
  const stage = stageOfKind[event.kind];
  // PXELINUX loads itself anew each time that it asks whether it was approved.
  const isOnlyAsking = before.waitingCode !== undefined && event.kind === 'loader';
  if (stage === undefined || isOnlyAsking) return change(journeys, mac, event.at, {});
  journeys.clientByTransfer.set(event.transferId, before.id);
  return change(journeys, mac, event.at, {
    ...atStage(before, stage, 'seen', event.at),
    transfer: {
      transferId: event.transferId,
      kind: event.kind,
      path: event.path,
      sizeBytes: event.sizeBytes,
      sentBytes: 0,
      bytesPerSecond: 0,
      ended: false,
    },
    problem: undefined,
    // Asking again every few seconds whether it was approved is no news.
    sentence: before.waitingCode === undefined ? `It fetches ${fileInWords(event.kind, event.path)}.` : undefined,
  });
}

function onTransfer(
  journeys: Journeys,
  transferId: string,
  at: number,
  update: (transfer: NonNullable<Client['transfer']>) => NonNullable<Client['transfer']>,
): string | undefined {
  const id = journeys.clientByTransfer.get(transferId);
  const client = id === undefined ? undefined : journeys.clients.get(id);
  if (client?.transfer?.transferId !== transferId) return undefined;
  return changeClient(journeys, client.id, at, { transfer: update(client.transfer) });
}

function onTransferEnded(journeys: Journeys, event: EventOf<'transfer.ended'>): string | undefined {
  const id = journeys.clientByTransfer.get(event.transferId);
  const client = id === undefined ? undefined : journeys.clients.get(id);
  journeys.clientByTransfer.delete(event.transferId);
  const transfer = client?.transfer;
  if (client === undefined || transfer?.transferId !== event.transferId) return undefined;
  const ended = { ...transfer, sentBytes: event.sentBytes, bytesPerSecond: event.bytesPerSecond, ended: true };
  if (event.outcome === 'complete') {
    return changeClient(journeys, client.id, event.at, {
      transfer: ended,
      ...afterWholeFile(client, transfer, event.at),
    });
  }
  if (event.outcome === 'probe') return changeClient(journeys, client.id, event.at, { transfer: undefined });
  const file = fileInWords(transfer.kind, transfer.path);
  const why = event.reason === undefined ? '' : ` (${event.reason})`;
  return changeClient(journeys, client.id, event.at, {
    transfer: ended,
    problem: `It stopped fetching ${file}${why}.`,
    sentence: `It stopped fetching ${file}${why}.`,
  });
}

/** With its last boot file the machine starts what it was given; whether it really runs is concluded, not seen. */
function afterWholeFile(client: Client, { kind, path }: ClientTransfer, at: number): Partial<Client> {
  const sentence = client.waitingCode === undefined ? afterFile(kind, fileInWords(kind, path)) : client.sentence;
  const { boot } = client;
  if (boot === undefined || !boot.awaitedFiles.includes(path)) return { sentence };
  const awaitedFiles = boot.awaitedFiles.filter((awaited) => awaited !== path);
  const patch = { boot: { ...boot, awaitedFiles } };
  if (awaitedFiles.length > 0) return { ...patch, sentence };
  // The boot that a person let it have once more is this one, whether a new power-on was seen or not.
  const started = { starts: client.starts + 1, bootsAgain: false, finished: !boot.fetchesSystemFiles };
  if (boot.fetchesSystemFiles) return { ...patch, ...started, sentence: starting(boot.entryTitle) };
  return {
    ...patch,
    ...started,
    ...atStage(client, 'running', 'inferred', at),
    sentence: starting(boot.entryTitle),
  };
}

/** Told by a loader that asks anew in the same boot: what it was given did not start. */
function afterFailedBoot(client: Client | undefined, at: number): Patch {
  if (client?.boot?.awaitedFiles.length !== 0) return {};
  const isConcluded = client.stage === 'running' && client.evidence === 'inferred';
  if (!isConcluded && client.stage !== 'kernel' && client.stage !== 'initrd') return {};
  return {
    ...atStage(client, 'menu', 'seen', at),
    boot: undefined,
    starts: client.starts - 1,
    ...(isConcluded ? { finished: false } : {}),
    sentence: 'It could not start what it was given.',
  };
}

/** A person's word about a machine; one that was never seen becomes no client by it. */
function onDecision(
  journeys: Journeys,
  { type, mac, clientId = mac, at }: EventOf<'client.approved' | 'client.refused'>,
): string | undefined {
  const client = journeys.clients.get(clientId);
  if (client === undefined) return undefined;
  const waits = client.waitingCode !== undefined;
  if (type === 'client.refused') {
    const sentence = waits ? 'It was refused, and goes on with its own boot order.' : undefined;
    return changeClient(journeys, client.id, at, { waitingCode: undefined, sentence });
  }
  const again = hasFinished(client) ? 'It may boot once more, when it is switched on.' : undefined;
  return changeClient(journeys, client.id, at, {
    waitingCode: undefined,
    armedAtStarts: client.starts,
    bootsAgain: hasFinished(client),
    sentence: waits ? 'It was approved, and fetches its boot script.' : again,
  });
}

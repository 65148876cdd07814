import type { EngineEvent } from '../../contract/events.ts';
import { type Client, hasFinished } from './client.ts';
import { clientAt, type Facts, identify, worthyUuidKey } from './identity.ts';
import { changeClient, type Journeys, newClient, removeClient, unbindAdapter } from './journeys.ts';
import { realSerial, realUuid, serialKey } from './smbios-identity.ts';

/** Puts what a machine says of itself into the fold: from then on its adapter's packets are those of the right client. */

/** `packet`: DHCP of firmware or a loader. `report`: a loader that read SMBIOS, which knows better. */
export type Moment = 'packet' | 'report';

/** Resolves to the client's id. */
export function recognise(journeys: Journeys, facts: Facts, moment: Moment, at: number): string {
  markSharedUuid(journeys, facts);
  const found = identify(journeys, facts);
  const current = clientAt(journeys, facts.mac);
  if (current === undefined || current.id === found.id) ensureClient(journeys, found.id, facts.mac, at);
  else if (isNobody(current, moment)) merge(journeys, current, found.id, facts.mac, moment, at);
  else part(journeys, current, found.id, facts.mac, moment, at);
  bindAdapter(journeys, found.id, facts.mac, at);
  noteUuidOfBoot(journeys, facts);
  // A UUID that only the adapter vouches for is another machine's as likely as this one's.
  const isSettled = moment === 'report' || found.isCertain || journeys.clients.get(found.id)?.serial === undefined;
  if (isSettled) bindFacts(journeys, found.id, facts, at);
  if (moment === 'report') journeys.beforeBoot.delete(found.id);
  return found.id;
}

/** Two serials were told with one UUID: the factory wrote it on a whole batch. */
function markSharedUuid(journeys: Journeys, facts: Facts): void {
  const serial = realSerial(facts.serial);
  const key = worthyUuidKey(journeys, facts.uuid);
  if (serial === undefined || key === undefined) return;
  const known = journeys.clients.get(journeys.idByUuid.get(key) ?? '');
  if (known?.serial === undefined || serialKey(known.serial) === serialKey(serial)) return;
  if (journeys.sharedUuids.size < MOST_SHARED_UUIDS) journeys.sharedUuids.add(key);
  journeys.idByUuid.delete(key);
}

const MOST_SHARED_UUIDS = 4096;
/** A machine has one or two; one that tells another at each boot must not eat memory. */
const MOST_UUIDS = 16_384;

/** What was only seen by its adapter, in its first boot: the machine that is known now is the same. */
const isNobody = ({ serial, uuid, boots }: Client, moment: Moment): boolean =>
  serial === undefined && (uuid === undefined || (moment === 'report' && boots <= 1));

function merge(journeys: Journeys, current: Client, id: string, mac: string, moment: Moment, at: number): void {
  ensureClient(journeys, id, mac, at);
  if (moment === 'report') takeBoot(journeys, current, id);
  for (const other of current.macs) bindAdapter(journeys, id, other, at);
  removeClient(journeys, current.id);
  journeys.news.merged.push({ from: current.id, into: id });
}

/** Another machine stands at the adapter: what it did since its power-on was not the former one's doing. */
function part(journeys: Journeys, current: Client, id: string, mac: string, moment: Moment, at: number): void {
  ensureClient(journeys, id, mac, at);
  const before = journeys.beforeBoot.get(current.id);
  if (moment !== 'report' || before === undefined) return;
  takeBoot(journeys, current, id);
  journeys.clients.set(current.id, before);
  journeys.beforeBoot.delete(current.id);
  journeys.news.changed.add(current.id);
}

function takeBoot(journeys: Journeys, from: Client, id: string): void {
  const client = journeys.clients.get(id);
  if (client === undefined) return;
  journeys.clients.set(id, {
    ...client,
    firmware: from.firmware,
    stage: from.stage,
    evidence: from.evidence,
    stageSinceMs: from.stageSinceMs,
    lastSeenMs: from.lastSeenMs,
    sentence: from.sentence,
    problem: from.problem,
    transfer: from.transfer,
    boot: undefined,
    waitingCode: undefined,
    boots: client.boots + 1,
    finished: hasFinished(client),
    bootsAgain: false,
  });
}

function ensureClient(journeys: Journeys, id: string, mac: string, at: number): void {
  if (!journeys.clients.has(id)) journeys.clients.set(id, newClient(journeys, id, mac, at));
}

/** A flood of made-up adapters for one serial must not eat memory. */
const MOST_MACS = 16;

export function bindAdapter(journeys: Journeys, id: string, mac: string, at: number): void {
  const client = journeys.clients.get(id);
  if (client === undefined) return;
  journeys.idByMac.set(mac, id);
  const clients = journeys.clientsOfMac.get(mac) ?? new Set<string>();
  journeys.clientsOfMac.set(mac, clients.add(id));
  const macs = client.macs.includes(mac) ? client.macs : [...client.macs, mac].slice(-MOST_MACS);
  for (const dropped of client.macs.filter((one) => !macs.includes(one))) unbindAdapter(journeys, id, dropped);
  if (macs !== client.macs || client.mac !== mac) changeClient(journeys, id, at, { mac, macs });
}

function bindFacts(journeys: Journeys, id: string, facts: Facts, at: number): void {
  const serial = realSerial(facts.serial);
  const key = worthyUuidKey(journeys, facts.uuid);
  if (serial !== undefined) journeys.idBySerial.set(serialKey(serial), id);
  const isNew = key !== undefined && !journeys.idByUuid.has(key);
  if (isNew && journeys.idByUuid.size < MOST_UUIDS) journeys.idByUuid.set(key, id);
  const uuid = key === undefined ? undefined : realUuid(facts.uuid);
  changeClient(journeys, id, at, { serial, uuid });
}

/** Of firmware, else of the first loader: what that says first is the boot's. */
function noteUuidOfBoot(journeys: Journeys, { mac, uuid }: Facts): void {
  const key = worthyUuidKey(journeys, uuid);
  if (key !== undefined && !journeys.uuidOfBoot.has(mac)) journeys.uuidOfBoot.set(mac, key);
}

/** Called before a packet is recognised: what firmware said in an earlier boot says nothing of this one. */
export function forgetUuidOfBoot(
  journeys: Journeys,
  { mac, uuid, bootClient }: Pick<Extract<EngineEvent, { type: 'dhcp.request' }>, 'mac' | 'uuid' | 'bootClient'>,
  isNewBoot: boolean,
): void {
  // A loader of the same boot may say in other words what firmware said.
  if (isNewBoot || (bootClient !== 'ipxe' && uuid !== undefined)) journeys.uuidOfBoot.delete(mac);
}

/** Kept in case the loader tells that this boot is another machine's. */
export function keepBeforeBoot(journeys: Journeys, before: Client | undefined): void {
  if (before !== undefined && before.boots > 0) journeys.beforeBoot.set(before.id, before);
}

import type { Client } from './client.ts';
import type { Journeys } from './journeys.ts';
import { realSerial, realUuid, serialKey, uuidKey } from './smbios-identity.ts';

/**
 * Which machine it is: UUID, serial and MAC together. One USB adapter serves many laptops, so a MAC may be of several clients; one
 * machine has several adapters, so a client may have several MACs. Pure: it only reads what the fold of events knows.
 *
 * A serial counts more than a UUID, and a UUID more than a MAC. Two serials are two machines, whatever else agrees.
 */

/** What is told of a machine at one moment; placeholders of factories count for nothing. */
export interface Facts {
  readonly mac: string;
  readonly uuid?: string | undefined;
  readonly serial?: string | undefined;
}

export interface Identified {
  /** Of the client, or of the one that will be made for it. */
  readonly id: string;
  readonly client?: Client | undefined;
  /** False where only the adapter says so, and a laptop with the same adapter could be another. */
  readonly isCertain: boolean;
}

export function identify(journeys: Journeys, facts: Facts): Identified {
  const uuid = worthyUuidKey(journeys, facts.uuid);
  const serial = realSerial(facts.serial);
  const atAdapter = clientAt(journeys, facts.mac);
  if (serial !== undefined) return bySerial(journeys, facts.mac, serial, uuid, atAdapter);
  if (uuid !== undefined) return byUuid(journeys, facts.mac, uuid, atAdapter);
  if (atAdapter === undefined) return stranger(journeys, facts.mac, undefined);
  // Nothing but the MAC is known of such a machine, ever: then the MAC is what there is to go by.
  const isAllThereIs = atAdapter.serial === undefined && atAdapter.uuid === undefined;
  const isShared = (journeys.clientsOfMac.get(facts.mac)?.size ?? 0) > 1;
  // Its firmware told in this boot who it is, and its system or a loader that reads no SMBIOS goes on from there.
  const isToldByFirmware = journeys.idByUuid.get(journeys.uuidOfBoot.get(facts.mac) ?? '') === atAdapter.id;
  return { id: atAdapter.id, client: atAdapter, isCertain: isToldByFirmware || (isAllThereIs && !isShared) };
}

/** The client that uses this adapter now, or used it last. */
export function clientAt(journeys: Journeys, mac: string): Client | undefined {
  const id = journeys.idByMac.get(mac);
  return id === undefined ? undefined : journeys.clients.get(id);
}

/** The key of a UUID that is a machine's own; undefined for one that two serials were told with: a whole batch has it. */
export function worthyUuidKey(journeys: Journeys, text: string | undefined): string | undefined {
  const uuid = realUuid(text);
  const key = uuid === undefined ? undefined : uuidKey(uuid);
  return key === undefined || journeys.sharedUuids.has(key) ? undefined : key;
}

function bySerial(
  journeys: Journeys,
  mac: string,
  serial: string,
  uuid: string | undefined,
  atAdapter: Client | undefined,
): Identified {
  const known = knownBy(journeys, journeys.idBySerial.get(serialKey(serial)));
  // Clones of one board may carry one serial; their UUIDs tell them apart.
  if (known !== undefined && !contradicts(journeys, known, uuid, mac)) return certain(known);
  const isUntold = atAdapter?.serial === undefined;
  if (atAdapter !== undefined && isUntold && !contradicts(journeys, atAdapter, uuid, mac)) return certain(atAdapter);
  const byUuid = uuid === undefined ? undefined : knownBy(journeys, journeys.idByUuid.get(uuid));
  if (byUuid !== undefined && byUuid.serial === undefined) return certain(byUuid);
  return stranger(journeys, mac, known === undefined ? serialKey(serial) : `${serialKey(serial)}/${uuid ?? ''}`);
}

function byUuid(journeys: Journeys, mac: string, uuid: string, atAdapter: Client | undefined): Identified {
  const known = knownBy(journeys, journeys.idByUuid.get(uuid));
  // With another adapter it may still be a machine of the same batch, whose UUID was never set: its serial will tell.
  if (known !== undefined) return { id: known.id, client: known, isCertain: known.macs.includes(mac) };
  if (atAdapter !== undefined && !contradicts(journeys, atAdapter, uuid, mac)) {
    // It told a serial and never this UUID, so that another machine may stand at its adapter.
    return { id: atAdapter.id, client: atAdapter, isCertain: atAdapter.serial === undefined };
  }
  return stranger(journeys, mac, uuid);
}

const certain = (client: Client): Identified => ({ id: client.id, client, isCertain: true });

/** The first machine of an adapter is called by its MAC, others by what told them apart. */
function stranger(journeys: Journeys, mac: string, mark: string | undefined): Identified {
  const isFirst = !journeys.clients.has(mac) && !journeys.idByMac.has(mac);
  const id = isFirst || mark === undefined ? mac : `${mac}/${mark}`;
  return { id, client: journeys.clients.get(id), isCertain: true };
}

const knownBy = (journeys: Journeys, id: string | undefined): Client | undefined =>
  id === undefined ? undefined : journeys.clients.get(id);

/**
 * Whether this UUID is another machine's than the client's. Firmware may say one in DHCP and have another in SMBIOS: what it said in
 * this very boot at this adapter makes the two one machine's.
 */
function contradicts(journeys: Journeys, client: Client, uuid: string | undefined, mac: string): boolean {
  if (uuid === undefined || journeys.idByUuid.get(uuid) === client.id) return false;
  const ofBoot = journeys.uuidOfBoot.get(mac);
  if (ofBoot !== undefined && ofBoot !== uuid && journeys.idByUuid.get(ofBoot) === client.id) return false;
  return client.uuid !== undefined;
}

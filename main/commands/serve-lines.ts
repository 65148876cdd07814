import { type Client, percent } from '../engine/clients/client.ts';
import { stageNames } from '../contract/session.ts';
import type { Engine } from '../engine/engine.ts';
import type { DecidedMode } from '../engine/net/mode-by-look.ts';
import { printable } from './output.ts';

/** How `serve` shows its machines. Pure: clients in, lines out. */

export interface ShownClient {
  readonly client: Client;
  readonly vendor?: string | undefined;
}

const columns = [
  { title: 'MAC', width: 17 },
  { title: 'VENDOR', width: 18 },
  { title: 'FIRMWARE', width: 11 },
  { title: 'ADDRESS', width: 15 },
  { title: 'STAGE', width: 12 },
  { title: '%', width: 4, right: true },
  { title: 'RATE', width: 10, right: true },
  { title: '', width: Number.POSITIVE_INFINITY },
] as const;

/** What a person hears of who hands out the addresses, once that is decided. */
export function modeLines(
  { mode, reason }: DecidedMode,
  { pool, address, baseUrl }: Pick<Engine, 'pool' | 'address' | 'baseUrl'>,
): string[] {
  if (mode === 'dhcp') return [printable(reason), `Machines get addresses from ${pool.first} to ${pool.last}.`];
  const port = /:(\d+)$/.exec(baseUrl)?.[1];
  const words = `--address ${address}${port === undefined ? '' : ` --http-port ${port}`}`;
  return [
    printable(reason),
    `Where a machine does not listen, that server has to say it: "fieldboot router-settings ${words}" tells what.`,
  ];
}

/** The live table: a header and a line for each machine in order of appearance, none wider than the terminal. */
export function tableLines(shown: readonly ShownClient[], widthColumns: number): string[] {
  if (shown.length === 0) return ['Waiting for machines. Switch them on and let them boot from the network.'];
  const isShared = (mac: string): boolean => shown.filter(({ client }) => client.mac === mac).length > 1;
  const rows = shown
    .toSorted((a, b) => a.client.firstSeenMs - b.client.firstSeenMs)
    // Of machines that share an adapter the serial tells which is which.
    .map(({ client, vendor }) => cells(client, isShared(client.mac) ? `S/N ${client.serial ?? '-'}` : vendor));
  return [columns.map(({ title }) => title), ...rows].map((row) => fit(row, widthColumns));
}

/** What it does, and why that will not get far where that is known. */
const said = ({ sentence, misfit }: Client): string => (misfit === undefined ? sentence : `${sentence} ${misfit}`);

/** One line about one machine, for logs and pipes. */
export function plainLine({ client, vendor }: ShownClient, time: Date): string {
  const share = percent(client);
  const parts = [
    time.toISOString(),
    client.mac,
    vendor ?? '-',
    client.firmware,
    client.address ?? '-',
    stageNames[client.stage],
    share === undefined ? '-' : `${share}%`,
    rate(client) || '-',
    said(client),
  ];
  return parts.map(printable).join('  ');
}

/** What must change before a new plain line is worth printing: everything but the bytes of a transfer. */
export function plainLineKey(client: Client): string {
  return JSON.stringify([client.stage, client.boots, client.address, said(client), client.transfer?.ended]);
}

function cells(client: Client, vendor: string | undefined): string[] {
  const share = percent(client);
  return [
    client.mac,
    vendor ?? '-',
    client.firmware === 'unknown' ? '-' : client.firmware,
    client.address ?? '-',
    stageNames[client.stage],
    share === undefined ? '' : `${share}`,
    rate(client),
    said(client),
  ];
}

/** Decimal megabytes a second, as switches and disks are sold. */
function rate(client: Client): string {
  const { transfer } = client;
  if (transfer === undefined || transfer.bytesPerSecond <= 0) return '';
  return formatRate(transfer.bytesPerSecond);
}

export function formatRate(bytesPerSecond: number): string {
  if (bytesPerSecond >= 1e6) return `${(bytesPerSecond / 1e6).toFixed(1)} MB/s`;
  return `${(bytesPerSecond / 1e3).toFixed(0)} kB/s`;
}

function fit(row: readonly string[], widthColumns: number): string {
  const line = row
    .map((cell, index) => {
      const column = columns[index];
      const text = printable(cell);
      if (column === undefined || !Number.isFinite(column.width)) return text;
      const cut = text.length > column.width ? `${text.slice(0, column.width - 1)}…` : text;
      return 'right' in column ? cut.padStart(column.width) : cut.padEnd(column.width);
    })
    .join('  ');
  return line.length > widthColumns ? `${line.slice(0, Math.max(0, widthColumns - 1))}…` : line.trimEnd();
}

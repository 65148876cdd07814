import type { EngineEvent } from '../contract/events.ts';
import type { Engine } from '../engine/engine.ts';
import { createVendorLookup } from '../engine/net/mac-vendor.ts';
import { createLiveTable } from './live-table.ts';
import { printLine, printNote, printable } from './output.ts';
import { modeLines, type ShownClient, plainLine, plainLineKey, tableLines } from './serve-lines.ts';

/** Shows the machines of a running engine until it is disposed of: a live table on a terminal, else a line for each change. */
export const showEngine = (engine: Engine): Disposable =>
  process.stdout.isTTY ? showTable(engine) : showPlain(engine);

/** What is told beside the machines. */
function notes(event: EngineEvent, engine: Engine): string[] {
  if (event.type === 'session.mode') return modeLines(event, engine);
  if (event.type === 'engine.trouble-over') return [printable(event.title)];
  return event.type === 'engine.trouble' ? [`${event.code}: ${printable(event.title)} ${printable(event.advice)}`] : [];
}

function showTable(engine: Engine): Disposable {
  const vendors = new Map<string, string | undefined>();
  const lookup = createVendorLookup();
  const shown = (): ShownClient[] => engine.clients().map((client) => ({ client, vendor: vendors.get(client.mac) }));
  const table = createLiveTable(process.stdout, () => tableLines(shown(), process.stdout.columns));
  const unsubscribe = engine.subscribe((event) => {
    for (const text of notes(event, engine)) table.note(text);
    if ('mac' in event && !vendors.has(event.mac)) {
      vendors.set(event.mac, undefined);
      void lookup(event.mac).then((vendor) => vendors.set(event.mac, vendor));
    }
  });
  return {
    [Symbol.dispose]() {
      unsubscribe();
      table[Symbol.dispose]();
    },
  };
}

function showPlain(engine: Engine): Disposable {
  const printed = new Map<string, string>();
  const lookup = createVendorLookup();
  const show = async (clientId: string): Promise<void> => {
    const client = engine.clients().find(({ id }) => id === clientId);
    const vendor = client === undefined ? undefined : await lookup(client.mac);
    if (client === undefined) return;
    const key = plainLineKey(client);
    if (printed.get(clientId) === key) return;
    printed.set(clientId, key);
    printLine(plainLine({ client, vendor }, new Date(client.lastSeenMs)));
  };
  const unsubscribeClients = engine.onClientChanged((id) => void show(id));
  const unsubscribe = engine.subscribe((event) => {
    for (const text of notes(event, engine)) printNote(text);
  });
  return {
    [Symbol.dispose]() {
      unsubscribeClients();
      unsubscribe();
    },
  };
}

import { addressNote, assignSessionAddress, undoSessionAddress } from '../engine/net/session-address.ts';

/** Addresses that a person had the station give to interfaces; all of them are taken away when the station ends. */
export interface InterfaceAddresses extends AsyncDisposable {
  assign(interfaceName: string, address: string): Promise<void>;
  release(interfaceName: string): Promise<void>;
}

export function createInterfaceAddresses(dataFolder: string): InterfaceAddresses {
  const assigned = new Map<string, AsyncDisposable>();
  const noteFile = (name: string): string => addressNote(dataFolder, name);
  const release = async (name: string): Promise<void> => {
    const held = assigned.get(name);
    assigned.delete(name);
    await (held === undefined ? undoSessionAddress(noteFile(name)) : held[Symbol.asyncDispose]());
  };
  return {
    async assign(name, address) {
      await release(name);
      assigned.set(name, await assignSessionAddress(name, address, noteFile(name)));
    },
    release,
    async [Symbol.asyncDispose]() {
      for (const name of Array.from(assigned.keys())) await release(name);
    },
  };
}

import type { Client } from './clients/client.ts';
import type { Facts } from './clients/identity.ts';
import { type MachineIndex, machineIndex } from './machines/find-machine.ts';
import type { EarlierMachine, EarlierPart } from './session-config.ts';

/** What a session that was cut off knew of machines, for the one that goes on with it: by who they are, as ids begin anew. */

export interface AskingMachine extends Facts {
  /** True where a loader asks: it has told all that it knows of its machine. */
  readonly loaderRuns?: boolean | undefined;
}

interface EarlierDecisions {
  decisionOn(client: Client | undefined, machine: AskingMachine): 'approved' | 'refused' | undefined;
  hasFinished(client: Client | undefined, machine: AskingMachine): boolean;
}

export function earlierDecisions(earlier: EarlierPart | undefined): EarlierDecisions {
  const index = (machines: readonly EarlierMachine[] = []): MachineIndex<EarlierMachine> => machineIndex(machines);
  const approved = index(earlier?.approved);
  const refused = index(earlier?.refused);
  const finished = index(earlier?.finished);
  return {
    decisionOn(client, machine) {
      if (refused.find(factsOf(client, machine)) !== undefined) return 'refused';
      return approved.find(factsOf(client, machine)) === undefined ? undefined : 'approved';
    },
    hasFinished(client, machine) {
      const facts = factsOf(client, machine);
      const found = finished.find(facts);
      if (found === undefined) return false;
      // Firmware that told nothing but its adapter may be another machine's; its loader will say.
      const hasMarks = found.serial !== undefined || found.uuid !== undefined;
      return !hasMarks || machine.loaderRuns === true || facts.serial !== undefined || facts.uuid !== undefined;
    },
  };
}

const factsOf = (client: Client | undefined, { mac, serial, uuid }: AskingMachine) => ({
  macs: [...new Set([mac, ...(client?.macs ?? [])])],
  serial: serial ?? client?.serial,
  uuid: uuid ?? client?.uuid,
});

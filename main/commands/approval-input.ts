import { createInterface } from 'node:readline';
import type { Engine } from '../engine/engine.ts';
import { printable, printNote } from './output.ts';

/** Approves the machine whose code a person types, line by line, until it is disposed of. */
export function listenForApprovals(
  input: NodeJS.ReadableStream & { unref?: () => unknown },
  engine: Pick<Engine, 'idOfCode' | 'approve'>,
): Disposable {
  const lines = createInterface({ input, terminal: false });
  lines.on('line', (line) => {
    if (line.trim() === '') return;
    const id = engine.idOfCode(line);
    if (id === undefined) {
      printNote(`No machine shows the code ${printable(line.trim().slice(0, 20))}.`);
      return;
    }
    engine.approve([id]);
    printNote(`${printable(id)} was approved.`);
  });
  return {
    [Symbol.dispose]() {
      lines.close();
      // An open terminal would keep the program from ending.
      input.unref?.();
    },
  };
}

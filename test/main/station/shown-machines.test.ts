import { expect, it } from 'vitest';
import { readMachineList } from '../../../main/engine/machines/machine-list.ts';
import { shownMachines } from '../../../main/station/shown-machines.ts';

it('keeps what a list of machines says in secret columns from screens', () => {
  const { machines } = readMachineList('mac,owner,Secret disk,secret.root\n52:54:00:aa:bb:01,Ann,hunter2,toor\n');
  const [shown] = shownMachines(machines);
  expect(Object.values(shown?.values ?? {}).sort()).toEqual(['Ann', '••••••••', '••••••••']);
  expect(Object.values(machines[0]?.values ?? {})).toContain('hunter2');
  const { machines: plain } = readMachineList('mac,owner\n52:54:00:aa:bb:01,Ann\n');
  expect(shownMachines(plain)[0]).toBe(plain[0]);
});

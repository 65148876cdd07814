import { expect, it } from 'vitest';
import { StationError } from '../../../../main/contract/errors.ts';
import { TroubleReporter } from '../../../../main/engine/dhcp/trouble-reporter.ts';

it('tells of a trouble once, of another kind or after it was over again', () => {
  const told: string[] = [];
  const reporter = new TroubleReporter((event) => {
    if (event.type === 'engine.trouble') told.push(event.code);
  });
  const down = new StationError('E_INTERFACE_DOWN', { name: 'eth0' });
  const lost = new StationError('E_INTERFACE_LOST', { name: 'eth0' });
  reporter.report('send', down);
  reporter.report('send', down);
  reporter.report('receive', down);
  reporter.report('send', lost);
  reporter.resolve('send');
  reporter.report('send', lost);
  expect(told).toEqual(['E_INTERFACE_DOWN', 'E_INTERFACE_DOWN', 'E_INTERFACE_LOST', 'E_INTERFACE_LOST']);
});

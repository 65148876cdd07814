import { describe, expect, it } from 'vitest';
import type { MonitoredClient } from '../../../main/contract/session.ts';
import { makeOf, titleOf } from '../../../renderer/monitor/machine-title.ts';

const mac = 'd8:9e:f3:00:07:a0';
const client = (own: Partial<MonitoredClient>): MonitoredClient => ({ mac, ...own }) as MonitoredClient;

describe('titleOf', () => {
  it.each([
    [{ name: 'Desk 1', hostName: 'pc', product: 'NUC' }, 'Desk 1'],
    [{ name: '  ', hostName: 'pc', product: 'NUC' }, 'pc'],
    [{ hostName: '', product: 'NUC' }, 'NUC'],
    [{}, mac],
  ])('%o is called %o', (own, title) => {
    expect(titleOf(client(own))).toBe(title);
  });
});

describe('makeOf', () => {
  it.each([
    [{ manufacturer: 'Dell Inc.', product: 'OptiPlex', vendor: 'Intel' }, 'Dell Inc. OptiPlex'],
    [{ vendor: 'Intel' }, 'Intel'],
    [{ vendor: 'Intel', product: ' ' }, 'Intel'],
    [{}, undefined],
  ])('%o is %o', (own, make) => {
    expect(makeOf(client(own))).toBe(make);
  });

  it('does not say again what the title says', () => {
    expect(makeOf(client({ manufacturer: 'HP', product: 'EliteDesk' }), 'EliteDesk')).toBe('HP');
    expect(makeOf(client({ product: 'EliteDesk' }), 'EliteDesk')).toBeUndefined();
  });
});

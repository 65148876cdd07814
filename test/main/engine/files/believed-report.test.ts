import { describe, expect, it } from 'vitest';
import type { EmitEvent } from '../../../../main/contract/events.ts';
import { reportJudge, type ReportJudge } from '../../../../main/engine/files/believed-report.ts';

const mac = '52:54:00:00:00:01';
const other = '52:54:00:00:00:02';
const address = '192.168.77.101';
const elsewhere = '192.168.77.102';

function judgeWith(leases: Readonly<Record<string, string>>): {
  judge: ReportJudge['judge'];
  told: Parameters<EmitEvent>[0][];
} {
  const told: Parameters<EmitEvent>[0][] = [];
  const { judge } = reportJudge({
    macOf: (peer) => leases[peer],
    addressOf: (one) => Object.keys(leases).find((peer) => leases[peer] === one),
    emit: (event) => told.push(event),
  });
  return { judge, told };
}

describe('a report', () => {
  it.each([
    ["from the machine's own address", { [address]: mac }, address, mac, { mac, isBelieved: true }],
    ['that names nobody', { [address]: mac }, address, undefined, { mac, isBelieved: true }],
    ['from an address that nobody is known to have', {}, address, mac, { mac, isBelieved: true }],
    ['that names nobody, from an address that nobody has', {}, address, undefined, undefined],
  ])('%s', (_what, leases, peer, claimed, judged) => {
    const { judge, told } = judgeWith(leases);
    expect(judge(peer, claimed)).toEqual(judged);
    expect(told).toEqual([]);
  });

  it.each([
    [
      "from another machine's address: that machine is gone by",
      { [address]: mac, [elsewhere]: other },
      { mac: other, isBelieved: false },
      other,
    ],
    ['from an address of nobody, of a machine that has another', { [address]: mac }, undefined, undefined],
  ])('%s', (_what, leases, judged, holderMac) => {
    const { judge, told } = judgeWith(leases);
    expect(judge(elsewhere, mac)).toEqual(judged);
    expect(told).toEqual([
      { type: 'client.report-refused', peerAddress: elsewhere, claimedMac: mac, holderMac, total: 1 },
    ]);
  });

  it('that is forged without end is counted, and told now and then', () => {
    const { judge, told } = judgeWith({ [address]: mac, [elsewhere]: other });
    for (let count = 0; count < 1000; count++) judge(elsewhere, mac);
    expect(told).toHaveLength(20);
    expect(told.at(-1)).toMatchObject({ total: 1000 });
  });
});

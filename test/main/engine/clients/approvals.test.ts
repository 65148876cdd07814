import { describe, expect, it } from 'vitest';
import type { ApprovalPolicy } from '../../../../main/contract/session.ts';
import { approvalCode, codeAlphabet, typedCode } from '../../../../main/engine/clients/approval-code.ts';
import { type ApprovalFacts, Approvals, type ApprovalState } from '../../../../main/engine/clients/approvals.ts';

const macOf = (index: number): string => `52:54:00:00:${hex(index >> 8)}:${hex(index & 0xff)}`;
const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
const mac = macOf(1);
const other = macOf(2);

describe('approvalCode', () => {
  it('is the same for the same machine and session, and another for others', () => {
    expect(approvalCode(mac, 'salt', 0)).toBe(approvalCode(mac, 'salt', 0));
    const salts = Array.from({ length: 50 }, (_, index) => approvalCode(mac, `salt ${index}`, 0));
    expect(new Set(salts).size).toBeGreaterThan(45);
  });

  it('has 3 characters, and 4 after many tries', () => {
    expect([0, 7, 8, 20].map((attempt) => approvalCode(mac, 'salt', attempt).length)).toEqual([3, 3, 4, 4]);
  });

  it('has no characters that look alike', () => {
    for (const lookAlikes of ['0OQD', '1IL', '2Z', '5S', '8B', 'UV']) {
      expect(Array.from(lookAlikes).filter((character) => codeAlphabet.includes(character))).toEqual([]);
    }
    expect(new Set(codeAlphabet).size).toBe(codeAlphabet.length);
  });

  it('spreads neighbours over the whole alphabet', () => {
    const codes = Array.from({ length: 256 }, (_, index) => approvalCode(macOf(index), 'salt', 0));
    for (const place of [0, 1, 2]) expect(new Set(codes.map((code) => code[place])).size).toBe(codeAlphabet.length);
  });

  it('is read as people type it', () => {
    expect(typedCode(' 7k4 \n')).toBe('7K4');
  });
});

const facts = (id: string, more: Partial<ApprovalFacts> = {}): ApprovalFacts => ({ id, macs: [id], ...more });

describe('Approvals', () => {
  it.each<[ApprovalPolicy, ApprovalState, ApprovalState]>([
    [{ kind: 'every-machine' }, 'approved', 'approved'],
    [{ kind: 'approved' }, 'waiting', 'waiting'],
    [{ kind: 'listed', macs: [mac] }, 'approved', 'refused'],
  ])('%j: the first machine is %s, the second %s', (policy, first, second) => {
    const approvals = new Approvals(policy, 'salt');
    expect([approvals.stateOf(facts(mac)), approvals.stateOf(facts(other))]).toEqual([first, second]);
  });

  it.each(['every-machine', 'approved'] as const)("a person's last word counts more than the policy %s", (kind) => {
    const approvals = new Approvals({ kind }, 'salt');
    approvals.refuse(mac);
    expect(approvals.stateOf(facts(mac))).toBe('refused');
    approvals.approve(mac);
    expect(approvals.stateOf(facts(mac))).toBe('approved');
    expect(approvals.stateOf(facts(other))).toBe(new Approvals({ kind }, 'salt').stateOf(facts(other)));
  });

  it('lets a machine boot that is not on the list when a person says so', () => {
    const approvals = new Approvals({ kind: 'listed', macs: [] }, 'salt');
    approvals.approve(mac);
    expect(approvals.stateOf(facts(mac))).toBe('approved');
  });

  it('gives every machine of a large lab a code of its own, which finds it', () => {
    const approvals = new Approvals({ kind: 'approved' }, 'salt');
    const codes = Array.from({ length: 4000 }, (_, index) => approvals.codeOf(macOf(index)));
    expect(new Set(codes).size).toBe(4000);
    expect(codes.filter((code) => code.length === 3).length).toBeGreaterThan(3900);
    expect(approvals.codeOf(macOf(77))).toBe(codes[77]);
    expect(approvals.idOfCode(` ${codes[77]?.toLowerCase() ?? ''} `)).toBe(macOf(77));
    expect(approvals.idOfCode('???')).toBeUndefined();
  });

  it('forgets the eldest codes of a flood of made-up machines', () => {
    const approvals = new Approvals({ kind: 'approved' }, 'salt');
    const first = approvals.codeOf(macOf(0));
    for (let index = 1; index <= 4096; index++) approvals.codeOf(macOf(index));
    expect(approvals.idOfCode(first)).not.toBe(macOf(0));
    expect(approvals.idOfCode(approvals.codeOf(macOf(4096)))).toBe(macOf(4096));
  });

  it('goes by a client, and not by its adapter', () => {
    const approvals = new Approvals({ kind: 'approved' }, 'salt');
    approvals.approve(mac);
    expect(approvals.stateOf({ id: `${mac}/s-2`, macs: [mac] })).toBe('waiting');
    expect(approvals.codeOf(`${mac}/s-2`)).not.toBe(approvals.codeOf(mac));
  });

  it('takes what was said of a machine along when it turns out to be another', () => {
    const approvals = new Approvals({ kind: 'approved' }, 'salt');
    const code = approvals.codeOf(other);
    approvals.approve(other);
    approvals.merge(other, mac);
    expect(approvals.stateOf(facts(mac))).toBe('approved');
    expect(approvals.stateOf(facts(other))).toBe('waiting');
    expect(approvals.idOfCode(code)).toBe(mac);
    approvals.refuse(mac);
    approvals.approve(other);
    approvals.merge(other, mac);
    expect(approvals.stateOf(facts(mac))).toBe('refused');
  });

  describe('by rules', () => {
    const rules = { kind: 'rules', macs: [], vendors: [], first: 0, machineList: false } as const;
    const by = (policy: Partial<Extract<ApprovalPolicy, { kind: 'rules' }>>, more: Partial<ApprovalFacts>) =>
      new Approvals({ ...rules, ...policy } as ApprovalPolicy, 'salt').stateOf(facts(mac, more));

    it.each([
      ['its MAC', { macs: [mac] }, {}, 'approved'],
      ['another MAC', { macs: [other] }, {}, 'waiting'],
      ['one of its adapters', { macs: [other] }, { macs: [mac, other] }, 'approved'],
      ['who made it', { vendors: ['dell'] }, { manufacturer: 'Dell Inc.' }, 'approved'],
      ['who made its network card', { vendors: ['HP', 'Intel'] }, { vendor: 'Intel Corporate' }, 'approved'],
      ['a part of a word', { vendors: ['dell'] }, { manufacturer: 'Idella' }, 'waiting'],
      ['the first bytes of its MAC', { vendors: ['52:54:00'] }, {}, 'approved'],
      ['the first bytes of another', { vendors: ['52:54:01'] }, {}, 'waiting'],
      ['the list', { machineList: true }, { isListed: true }, 'approved'],
      ['the list that it is not on', { machineList: true }, { isListed: false }, 'waiting'],
      ['a list that is not asked', {}, { isListed: true }, 'waiting'],
    ] as const)('%s', (_what, policy, more, state) => {
      expect(by(policy as never, more as never)).toBe(state);
    });

    it('lets the first machines boot whose loaders ask, and they stay the first', () => {
      const approvals = new Approvals({ ...rules, macs: [], vendors: [], first: 2 }, 'salt');
      const states = (asksToBoot: boolean): ApprovalState[] =>
        [1, 2, 3].map((index) => approvals.stateOf(facts(macOf(index), { asksToBoot })));
      expect(states(false)).toEqual(['waiting', 'waiting', 'waiting']);
      expect(states(true)).toEqual(['approved', 'approved', 'waiting']);
      expect(states(false)).toEqual(['approved', 'approved', 'waiting']);
    });

    it("does not outdo a person's word", () => {
      const approvals = new Approvals({ ...rules, macs: [mac], vendors: [] }, 'salt');
      approvals.refuse(mac);
      expect(approvals.stateOf(facts(mac))).toBe('refused');
    });
  });
});

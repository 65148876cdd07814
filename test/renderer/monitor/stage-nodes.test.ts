import { describe, expect, it } from 'vitest';
import { stageSchema } from '../../../main/contract/session.ts';
import { stageNames } from '../../../main/contract/session.ts';
import { stageNodes } from '../../../renderer/monitor/stage-nodes.ts';

const where = { stage: 'initrd', evidence: 'seen', approval: 'approved' } as const;

describe('stageNodes', () => {
  it('lights what is behind the machine, and how far it is with the stage it is in', () => {
    const nodes = stageNodes({ ...where, percent: 62 }, stageNames);
    expect(nodes.map(({ id }) => id)).toEqual(stageSchema.options);
    expect(nodes.map(({ state }) => state).join(' ')).toBe('done done done done done current todo todo todo');
    expect(nodes.filter(({ percent }) => percent !== undefined)).toMatchObject([{ id: 'initrd', percent: 62 }]);
  });

  it.each([
    [{ ...where, problem: 'It stopped.' }, 'trouble'],
    [{ ...where, approval: 'waiting' }, 'waiting'],
    [{ ...where, approval: 'waiting', problem: 'It stopped.' }, 'trouble'],
    [{ ...where, stage: 'running' }, 'current'],
    [{ ...where, stage: 'done' }, 'done'],
  ] as const)('%o is %s where it is', (own, state) => {
    expect(stageNodes(own, stageNames).find(({ id }) => id === own.stage)?.state).toBe(state);
  });

  it('says how it is known only of where the machine is: of what is behind it nobody asked', () => {
    const known = stageNodes({ ...where, evidence: 'inferred' }, stageNames).filter(
      ({ evidence }) => evidence !== undefined,
    );
    expect(known).toMatchObject([{ id: 'initrd', evidence: 'inferred' }]);
  });
});

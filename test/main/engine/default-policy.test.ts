import { expect, it } from 'vitest';
import { defaultPolicy } from '../../../main/engine/default-policy.ts';

it.each([
  [false, false, 'every-machine'],
  [true, false, 'approved'],
  [false, true, 'approved'],
  [true, true, 'approved'],
] as const)(
  'an entry that may change disks: %s, a network that others use: %s, is %s',
  (changeDisks, reachOthers, kind) => expect(defaultPolicy({ changeDisks, reachOthers })).toEqual({ kind }),
);

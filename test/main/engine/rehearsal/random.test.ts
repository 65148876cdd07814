import { expect, it } from 'vitest';
import { seededRandom } from '../../../../main/engine/rehearsal/random.ts';

it('gives the same numbers for the same seed, spread over their range', () => {
  const take = (seed: number, count: number): number[] => {
    const random = seededRandom(seed);
    return Array.from({ length: count }, () => random.whole(0, 9));
  };
  expect(take(1, 50)).toEqual(take(1, 50));
  expect(take(1, 50)).not.toEqual(take(2, 50));
  const many = take(3, 10_000);
  for (let digit = 0; digit <= 9; digit++) {
    const count = many.filter((one) => one === digit).length;
    expect(count).toBeGreaterThan(800);
    expect(count).toBeLessThan(1_200);
  }
});

import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Place, Queue } from '../../../../main/engine/dhcp/pool-queue.ts';

it('keeps the order in which its members came, whoever leaves', () => {
  const steps = fc.array(fc.oneof(fc.constant('push' as const), fc.nat({ max: 30 })), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (steps) => {
      const queue = new Queue<number>();
      const places: Place<number>[] = [];
      steps.forEach((step, number) => {
        if (step === 'push') places.push(queue.push(number));
        else if (step < places.length) places.splice(step, 1).forEach((place) => queue.remove(place));
        expect([...queue]).toEqual(places.map(({ value }) => value));
        expect(queue.eldest).toBe(places[0]?.value);
      });
    }),
  );
});

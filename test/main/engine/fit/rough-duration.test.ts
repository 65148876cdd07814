import { expect, it } from 'vitest';
import { roughDuration } from '../../../../main/engine/fit/rough-duration.ts';

it.each([
  [1.2, '1 second'],
  [85, '85 seconds'],
  [100, '2 minutes'],
  [3599, '60 minutes'],
  [7200, '2 hours'],
])('%d seconds are %s', (seconds, text) => {
  expect(roughDuration(seconds)).toBe(text);
});

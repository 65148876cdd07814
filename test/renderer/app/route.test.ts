import { describe, expect, it } from 'vitest';
import { hrefOf, routeOf, routes } from '../../../renderer/app/route.ts';

describe('routeOf', () => {
  it.each(routes)('%s has an address of its own', (route) => expect(routeOf(hrefOf(route))).toBe(route));
  it.each(['', '#', '#/', '#/nowhere', '#token=abc', '#/STATION'])('%j is the station', (hash) =>
    expect(routeOf(hash)).toBe('station'),
  );
});

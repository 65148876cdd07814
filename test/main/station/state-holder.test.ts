import { describe, expect, it } from 'vitest';
import { createStateHolder } from '../../../main/station/state-holder.ts';
import { emptyState } from './empty-state.ts';

describe('createStateHolder', () => {
  it('numbers every change without a gap and tells it after it was applied', () => {
    const holder = createStateHolder(emptyState);
    const told: [number, string, string][] = [];
    const unsubscribe = holder.subscribe(({ seq, event }) => told.push([seq, event, holder.state.settings.theme]));
    holder.change({ event: 'settings.changed', value: { theme: 'dark', language: 'en' } });
    holder.change({ event: 'tasks.changed', value: [] });
    unsubscribe();
    holder.change({ event: 'tasks.changed', value: [] });
    expect(told).toEqual([
      [1, 'settings.changed', 'dark'],
      [2, 'tasks.changed', 'dark'],
    ]);
    expect(holder.seq).toBe(3);
  });
});

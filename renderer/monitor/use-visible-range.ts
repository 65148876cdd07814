import { type RefObject, useEffect, useState } from 'react';
import { visibleRange } from './visible-range.ts';

/** The rows that are in sight in `scroller`, of `count` rows of one height. */
export function useVisibleRange(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): { readonly from: number; readonly to: number } {
  const [sight, setSight] = useState({ scrollTop: 0, height: 1200 });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const look = (): void =>
      setSight((before) => {
        // Rounded to rows: a scroll within one draws nothing anew.
        const scrollTop = Math.floor(element.scrollTop / rowHeight) * rowHeight;
        const height = element.clientHeight;
        return before.scrollTop === scrollTop && before.height === height ? before : { scrollTop, height };
      });
    look();
    element.addEventListener('scroll', look, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      resized.disconnect();
    };
  }, [scroller, rowHeight]);
  return visibleRange(count, { rowHeight, ...sight });
}

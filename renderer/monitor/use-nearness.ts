import { type RefObject, useCallback, useEffect, useRef } from 'react';

/** Beyond the edges of the sight, so that scrolling finds what comes already drawn. */
const marginPx = 600;

/** Watches an element: tells now and later whether it is in or near the sight. Returns what ends it. */
export type WatchNearness = (element: Element, tell: (isNear: boolean) => void) => () => void;

/** One observer for all that is shown in a scroller. */
export function useNearness(scroller: RefObject<HTMLElement | null>): WatchNearness {
  const listeners = useRef(new WeakMap<Element, (isNear: boolean) => void>());
  const observer = useRef<IntersectionObserver>(undefined);
  useEffect(
    () => () => {
      observer.current?.disconnect();
      observer.current = undefined;
    },
    [],
  );
  return useCallback(
    (element, tell) => {
      listeners.current.set(element, tell);
      // Made here, as what is in the scroller is ready before the scroller's own effects run.
      observer.current ??= new IntersectionObserver(
        (entries) => {
          for (const { target, isIntersecting } of entries) listeners.current.get(target)?.(isIntersecting);
        },
        { root: scroller.current, rootMargin: `${marginPx}px 0px` },
      );
      const watching = observer.current;
      watching.observe(element);
      return () => watching.unobserve(element);
    },
    [scroller],
  );
}

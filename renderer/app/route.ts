import { useSyncExternalStore } from 'react';

export const routes = ['station', 'library', 'sessions', 'settings'] as const;
export type Route = (typeof routes)[number];

/** The screen that an address's fragment names (`#/library`); anything else is the station. */
export function routeOf(hash: string): Route {
  const name = /^#\/([a-z]+)/.exec(hash)?.[1];
  return routes.find((route) => route === name) ?? 'station';
}

export const hrefOf = (route: Route): string => `#/${route}`;

export function goTo(route: Route): void {
  window.location.hash = hrefOf(route);
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, () => routeOf(window.location.hash));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

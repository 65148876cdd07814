const key = 'fieldboot.token';

interface Places {
  readonly location: { readonly hash: string; readonly pathname: string; readonly search: string };
  readonly history: { replaceState(data: unknown, unused: string, url: string): void };
  readonly storage: { getItem(key: string): string | null; setItem(key: string, value: string): void };
}

/**
 * The token that lets this screen in: from the address's fragment (`#token=…`), which never leaves the browser, then from this
 * tab's own storage. It is taken out of the address bar at once, so that it is neither copied nor seen over a shoulder.
 */
export function takeToken({ location, history, storage }: Places): string | undefined {
  const given = /^#token=([\w-]{8,200})$/.exec(location.hash)?.[1];
  if (given === undefined) return storage.getItem(key) ?? undefined;
  storage.setItem(key, given);
  history.replaceState(null, '', `${location.pathname}${location.search}`);
  return given;
}

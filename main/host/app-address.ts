/** Where the page of the desktop app lives: a scheme of its own, since `file:` pages may read what they like. */
export const appScheme = 'app';
export const appHost = 'station';
export const appUrl = `${appScheme}://${appHost}/`;

const outsideHosts: ReadonlySet<string> = new Set(['ipxe.org', 'www.debian.org', 'github.com']);

/** Whether a URL is a page of this app and of nobody else. Pure. */
export function isAppUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed?.protocol === `${appScheme}:` && parsed.host === appHost;
}

/** Addresses that may be opened in the person's own browser: documentation, over https. Pure. */
export function isOpenableOutside(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed?.protocol === 'https:' && outsideHosts.has(parsed.host);
}

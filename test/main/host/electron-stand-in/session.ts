import { EventEmitter } from 'node:events';
import { cancelable, onlyEmitter, world } from './world.ts';

type Answer = (granted: boolean) => void;
type PermissionRequest = (contents: unknown, permission: string, answer: Answer) => void;
type PermissionCheck = (contents: unknown, permission: string) => boolean;
type RequestListener = (details: { url: string }, answer: (verdict: { cancel?: boolean }) => void) => void;

/** What a program set on the session. */
export interface SessionHandlers {
  request?: PermissionRequest;
  check?: PermissionCheck;
  device?: () => boolean;
  webRequest?: { readonly urls: readonly string[]; readonly listener: RequestListener };
}

/** Allows whatever nobody forbids, as Electron does. */
class StandInSession extends EventEmitter {
  setPermissionRequestHandler(handler: PermissionRequest): void {
    world.sessionHandlers.request = handler;
  }

  setPermissionCheckHandler(handler: PermissionCheck): void {
    world.sessionHandlers.check = handler;
  }

  setDevicePermissionHandler(handler: () => boolean): void {
    world.sessionHandlers.device = handler;
  }

  readonly webRequest = {
    onBeforeRequest: (filter: { urls: readonly string[] }, listener: RequestListener): void => {
      world.sessionHandlers.webRequest = { urls: filter.urls, listener };
    },
  };

  /** For tests: what becomes of a request for a permission, of a look whether it is there, of a device. */
  permissions(permission: string): { request: boolean; check: boolean; device: boolean } {
    let request = true;
    world.sessionHandlers.request?.(null, permission, (granted) => (request = granted));
    return {
      request,
      check: world.sessionHandlers.check?.(null, permission) ?? true,
      device: world.sessionHandlers.device?.() ?? true,
    };
  }

  /** For tests: whether a page may load an address. */
  loads(url: string): boolean {
    const schemes = (world.sessionHandlers.webRequest?.urls ?? []).map((pattern) => pattern.split('://')[0]);
    if (!schemes.includes(new URL(url).protocol.slice(0, -1))) return true;
    let cancelled = false;
    world.sessionHandlers.webRequest?.listener({ url }, ({ cancel = false }) => (cancelled = cancel));
    return !cancelled;
  }

  /** For tests: whether a page may write a file. */
  downloads(url: string): boolean {
    const event = cancelable({});
    this.emit('will-download', event, { getURL: () => url });
    return !event.defaultPrevented;
  }
}

export const session = { defaultSession: onlyEmitter('session', () => new StandInSession()) };

export const protocol = {
  registerSchemesAsPrivileged(schemes: readonly { scheme: string; privileges: unknown }[]): void {
    if (world.isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) world.privileges.set(scheme, privileges);
  },
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    if (world.protocolHandlers.has(scheme)) throw new Error(`Protocol handler for ${scheme} already registered`);
    world.protocolHandlers.set(scheme, handler);
  },
};

import type { Channel } from './transport.ts';

/** What the desktop shell's preload gives to the page (preload/index.ts). */
export interface DesktopBridge {
  /**
   * Asks for a line of its own to the station, in place of any older one; the station's hello is the first message. `onClose`: the
   * station ended. Where none runs, the line opens when there is one again.
   */
  open(onMessage: (message: string) => void, onClose: () => void): void;
  send(message: string): void;
  /** Without `onClose`. */
  close(): void;
  /** Path of a file that was dropped; a browser does not tell it. */
  pathOfFile?(file: File): string;
}

declare global {
  interface Window {
    readonly station?: DesktopBridge;
  }
}

/** The desktop's channel: every opening is a new line, as with a WebSocket. */
export function desktopChannel(bridge: DesktopBridge): Channel {
  return {
    open({ onMessage, onClose }) {
      let open = true;
      const end = (): void => {
        if (!open) return;
        open = false;
        onClose('lost');
      };
      bridge.open(onMessage, end);
      return {
        send: (message) => bridge.send(message),
        close: () => {
          if (open) bridge.close();
          end();
        },
      };
    },
  };
}

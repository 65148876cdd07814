import type { Channel } from './transport.ts';

/** What the desktop shell's preload gives to the page. */
export interface DesktopBridge {
  send(message: string): void;
  onMessage(listener: (message: string) => void): void;
  /** Path of a file that was dropped; a browser does not tell it. */
  pathOfFile?(file: File): string;
}

declare global {
  interface Window {
    readonly station?: DesktopBridge;
  }
}

/** The desktop's channel: the shell is always there, and says hello anew when it started its engine again. */
export function desktopChannel(bridge: DesktopBridge): Channel {
  let listener: (message: string) => void = () => {};
  bridge.onMessage((message) => listener(message));
  return {
    open({ onMessage, onClose }) {
      let open = true;
      listener = onMessage;
      bridge.send(JSON.stringify({ hello: 1 }));
      return {
        send: (message) => bridge.send(message),
        close: () => {
          if (!open) return;
          open = false;
          listener = () => {};
          onClose('lost');
        },
      };
    },
  };
}

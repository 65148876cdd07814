import type { Channel } from './transport.ts';

/**
 * A browser's channel. The token goes as a subprotocol, as a browser can send no header of its own here and an address
 * would end up in logs.
 */
export function webSocketChannel(address: string, token: string, page: string): Channel {
  return {
    open({ onMessage, onClose }) {
      const socket = new WebSocket(address, ['fieldboot', token]);
      let opened = false;
      socket.addEventListener('open', () => {
        opened = true;
      });
      socket.addEventListener('message', ({ data }) => {
        if (typeof data === 'string') onMessage(data);
      });
      socket.addEventListener('close', () => {
        if (opened) onClose('lost');
        else void answers(page).then((there) => onClose(there ? 'refused' : 'lost'));
      });
      return {
        send: (message) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(message);
        },
        close: () => socket.close(),
      };
    },
  };
}

/** A browser does not say why a WebSocket did not open. Where the page itself still comes, it was refused. */
async function answers(page: string): Promise<boolean> {
  try {
    return (await fetch(page, { method: 'HEAD', cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

import { describe, expect, it } from 'vitest';
import { type DesktopBridge, desktopChannel } from '../../../renderer/transport/electron.ts';

function bridge() {
  const sent: string[] = [];
  const lines: { say: (message: string) => void; end: () => void }[] = [];
  let closed = 0;
  const desktop: DesktopBridge = {
    open: (say, end) => void lines.push({ say, end }),
    send: (message) => void sent.push(message),
    close: () => void (closed += 1),
  };
  return { desktop, sent, lines, closed: () => closed };
}

function opened(desktop: DesktopBridge) {
  const heard: string[] = [];
  const ends: string[] = [];
  const channel = desktopChannel(desktop);
  const open = () => channel.open({ onMessage: (message) => heard.push(message), onClose: (why) => ends.push(why) });
  return { heard, ends, open };
}

describe('desktopChannel', () => {
  it('carries messages both ways', () => {
    const { desktop, sent, lines } = bridge();
    const { heard, open } = opened(desktop);
    const line = open();
    line.send('a');
    lines[0]?.say('b');
    expect(sent).toEqual(['a']);
    expect(heard).toEqual(['b']);
  });

  it('is lost once, when the station ends, and opens a new line of the bridge', () => {
    const { desktop, lines, closed } = bridge();
    const { ends, open } = opened(desktop);
    const line = open();
    lines[0]?.end();
    lines[0]?.end();
    line.close();
    expect(ends).toEqual(['lost']);
    // The bridge knows that it is closed; by now it may hold another line.
    expect(closed()).toBe(0);
    open();
    expect(lines).toHaveLength(2);
  });

  it('closes the line of the bridge where the page gives up', () => {
    const { desktop, closed } = bridge();
    const { ends, open } = opened(desktop);
    const line = open();
    line.close();
    line.close();
    expect(ends).toEqual(['lost']);
    expect(closed()).toBe(1);
  });
});

import { describe, expect, it } from 'vitest';
import { desktopChannel } from '../../../renderer/transport/electron.ts';

function bridge() {
  let listener: (message: string) => void = () => {};
  const sent: string[] = [];
  return {
    sent,
    say: (message: string) => listener(message),
    send: (message: string) => void sent.push(message),
    onMessage: (wanted: (message: string) => void) => {
      listener = wanted;
    },
  };
}

describe('desktopChannel', () => {
  it('carries messages both ways and greets only when it is opened again', async () => {
    const desktop = bridge();
    const channel = desktopChannel(desktop);
    const heard: string[] = [];
    const ends: string[] = [];
    const open = () => channel.open({ onMessage: (message) => heard.push(message), onClose: (why) => ends.push(why) });

    const first = open();
    await Promise.resolve();
    expect(heard).toEqual([]);
    first.send('a');
    desktop.say('b');
    expect(desktop.sent).toEqual(['a']);
    expect(heard).toEqual(['b']);

    first.close();
    first.close();
    desktop.say('nobody listens');
    expect(ends).toEqual(['lost']);
    expect(heard).toEqual(['b']);

    open();
    await Promise.resolve();
    expect(heard).toEqual(['b', '{"hello":1}']);
  });
});

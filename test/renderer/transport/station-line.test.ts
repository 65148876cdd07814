import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StationState } from '../../../main/contract/state.ts';
import { transportMessages } from '../../../renderer/transport/messages.en.ts';
import { StationLine } from '../../../renderer/transport/station-line.ts';
import type { Channel, ChannelEvents, Connection } from '../../../renderer/transport/transport.ts';

/** A channel whose other end is the test. */
class TestChannel implements Channel {
  readonly sent: { id: number; call: string; arg: unknown }[] = [];
  opened = 0;
  closed = 0;
  #events: ChannelEvents | undefined;

  open(events: ChannelEvents) {
    this.opened += 1;
    this.#events = events;
    return {
      send: (message: string) => void this.sent.push(JSON.parse(message) as never),
      close: () => {
        this.closed += 1;
        this.cut();
      },
    };
  }

  say(message: unknown): void {
    this.#events?.onMessage(typeof message === 'string' ? message : JSON.stringify(message));
  }

  cut(why: 'lost' | 'refused' = 'lost'): void {
    const events = this.#events;
    this.#events = undefined;
    events?.onClose(why);
  }

  last(call: string): number {
    const request = this.sent.findLast((one) => one.call === call);
    if (request === undefined) throw new Error(`${call} was not sent`);
    return request.id;
  }
}

const state = { settings: { theme: 'light', language: 'en' } } as StationState;
const change = (seq: number) => ({ seq, event: 'sharing.changed', value: null });

describe('StationLine', () => {
  const seen: string[] = [];
  let channel: TestChannel;
  let line: StationLine;

  const open = async (seq = 0): Promise<void> => {
    channel.say({ hello: 1 });
    channel.say({ id: channel.last('state.snapshot'), ok: true, value: { seq, state } });
    await vi.advanceTimersByTimeAsync(0);
  };

  beforeEach(() => {
    vi.useFakeTimers();
    seen.length = 0;
    channel = new TestChannel();
    line = new StationLine(channel, () => transportMessages);
    line.listen({
      onConnection: (connection: Connection) => seen.push(connection.state),
      onSnapshot: () => seen.push('snapshot'),
      onChange: ({ event }) => seen.push(event),
    });
  });
  afterEach(() => {
    line.close();
    vi.useRealTimers();
  });

  it('asks for a snapshot after the hello, then is open and shows changes', async () => {
    await open(3);
    channel.say(change(4));
    expect(seen).toEqual(['connecting', 'snapshot', 'open', 'sharing.changed']);
  });

  it('answers calls by their ids, in whatever order', async () => {
    await open();
    const first = line.call('images.pick', {});
    const second = line.call('session.stop', {});
    channel.say({ id: channel.last('session.stop'), ok: true, value: {} });
    channel.say({ id: channel.last('images.pick'), ok: true, value: { path: '/a.iso' } });
    await expect(second).resolves.toEqual({});
    await expect(first).resolves.toEqual({ path: '/a.iso' });
  });

  it('gives the station’s error in its two voices', async () => {
    await open();
    const call = line.call('session.stop', {});
    const error = { code: 'E_X', title: 'It happened.', advice: 'Do that.', data: { a: 1 } };
    channel.say({ id: channel.last('session.stop'), ok: false, error });
    await expect(call).rejects.toMatchObject(error);
  });

  it('gives up a call that is not answered in time, and drops the late answer', async () => {
    await open();
    const call = line.call('session.dismiss', { sessionId: 'a' });
    await Promise.all([
      expect(call).rejects.toMatchObject({ code: 'E_STATION_SILENT' }),
      vi.advanceTimersByTimeAsync(15_000),
    ]);
    channel.say({ id: channel.last('session.dismiss'), ok: true, value: {} });
  });

  it('lets a native dialog be open as long as the person likes', async () => {
    await open();
    let settled = false;
    void line
      .call('images.pick', {})
      .finally(() => (settled = true))
      .catch(() => undefined);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(settled).toBe(false);
  });

  it('refuses calls before the station was heard', async () => {
    await expect(line.call('session.stop', {})).rejects.toMatchObject({ code: 'E_STATION_LOST' });
  });

  it('ends open calls when the line is cut, and comes back with a new snapshot', async () => {
    await open();
    const call = line.call('session.stop', {});
    channel.cut();
    await expect(call).rejects.toMatchObject({ code: 'E_STATION_LOST' });
    seen.length = 0;
    await vi.advanceTimersByTimeAsync(250);
    await open(7);
    expect(seen).toEqual(['snapshot', 'open']);
    channel.say(change(8));
    expect(seen.at(-1)).toBe('sharing.changed');
  });

  it('waits longer each time, up to four seconds, and starts anew after it was open', async () => {
    await open();
    const waits: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      const before = channel.opened;
      channel.cut();
      let waited = 0;
      while (channel.opened === before) {
        await vi.advanceTimersByTimeAsync(50);
        waited += 50;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000]);
    await open();
    const before = channel.opened;
    channel.cut();
    await vi.advanceTimersByTimeAsync(250);
    expect(channel.opened).toBe(before + 1);
  });

  it('tries at once when asked to', () => {
    channel.cut();
    line.retry();
    expect(channel.opened).toBe(2);
  });

  it('leaves no timer behind when it is closed', async () => {
    await open();
    void line.call('session.stop', {}).catch(() => undefined);
    channel.cut();
    line.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('closes a line on which no hello comes', async () => {
    await vi.advanceTimersByTimeAsync(5000);
    expect(channel.closed).toBe(1);
    expect(seen).toEqual(['connecting', 'lost']);
  });

  it('does not knock again where it was refused', async () => {
    channel.cut('refused');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(channel.opened).toBe(1);
    expect(seen).toEqual(['connecting', 'refused']);
  });

  it('asks for a new snapshot after a gap, once, and shows nothing of what came between', async () => {
    await open(3);
    seen.length = 0;
    channel.say(change(5));
    channel.say(change(6));
    expect(seen).toEqual([]);
    expect(channel.sent.filter(({ call }) => call === 'state.snapshot')).toHaveLength(2);
    channel.say({ id: channel.last('state.snapshot'), ok: true, value: { seq: 6, state } });
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toEqual(['snapshot', 'open']);
  });

  it('takes a second hello as a station that was started anew', async () => {
    await open(9);
    const call = line.call('session.stop', {});
    seen.length = 0;
    channel.say({ hello: 1 });
    await expect(call).rejects.toMatchObject({ code: 'E_STATION_LOST' });
    channel.say({ id: channel.last('state.snapshot'), ok: true, value: { seq: 0, state } });
    await vi.advanceTimersByTimeAsync(0);
    channel.say(change(1));
    expect(seen).toEqual(['snapshot', 'open', 'sharing.changed']);
  });

  it.each(['', 'no json', '[]', '{"seq":"1"}', '{"seq":1,"event":"nobody.knows","value":1}', '{"hello":2}'])(
    'drops what is no message: %j',
    async (text) => {
      await open(3);
      const before = [...seen];
      channel.say(text);
      await vi.advanceTimersByTimeAsync(0);
      expect(seen).toEqual(before);
    },
  );
});

import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StationError } from '../../../../main/contract/errors.ts';
import type { EngineEvent } from '../../../../main/contract/events.ts';
import { type JournalOptions, openJournal, standardJournalLimits } from '../../../../main/engine/journal/journal.ts';
import { type Fold, replayJournal } from '../../../../main/engine/journal/journal-reader.ts';

/** The state of these tests: the numbers of the events, in their order. */
interface Numbers {
  ats: number[];
}
const numbers: Fold<Numbers> = {
  empty: () => ({ ats: [] }),
  apply: (state, event) => void state.ats.push(event.at),
  save: (state) => [...state.ats],
  load: (data) => (Array.isArray(data) && data.every((at) => typeof at === 'number') ? { ats: [...data] } : undefined),
};
const event = (at: number): EngineEvent => ({ type: 'client.approved', at, mac: '52:54:00:00:00:01' });
const upTo = (count: number): number[] => Array.from({ length: count }, (_none, index) => index + 1);

let folder = '';
let troubles: (string | undefined)[] = [];
let nowMs = 0;
let state: Numbers = { ats: [] };

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'fieldboot-journal-')), 'journal');
  troubles = [];
  nowMs = 0;
  state = numbers.empty();
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

async function open(change: Partial<JournalOptions> = {}) {
  const before = await replayJournal(folder, numbers);
  state = before.state;
  return openJournal({
    folder,
    sessionId: 'session-1',
    before,
    saveState: () => numbers.save(state),
    now: () => nowMs,
    onTrouble: (error: StationError | undefined) => troubles.push(error?.code),
    ...change,
  });
}
type OpenedJournal = Awaited<ReturnType<typeof open>>;

function tell(journal: OpenedJournal, from: number, to: number): void {
  for (let at = from; at <= to; at += 1) {
    numbers.apply(state, event(at));
    journal.append(event(at));
  }
}
const atsOf = async (): Promise<number[]> => (await replayJournal(folder, numbers)).state.ats;
const files = (): string[] => readdirSync(folder).sort();

describe('journal', () => {
  it('gives back what it was told, over restarts', async () => {
    for (const [from, to] of [
      [1, 5],
      [6, 6],
      [7, 20],
    ] as const) {
      await using journal = await open();
      tell(journal, from, to);
      expect(journal.eventCount).toBe(to);
    }
    expect(await atsOf()).toEqual(upTo(20));
    expect(files()).toEqual(['000001.jsonl', '000002.jsonl', '000003.jsonl']);
  });

  it('has an event on its way to the disk when append returns: nothing is waited for', async () => {
    await using journal = await open();
    tell(journal, 1, 1);
    expect(readFileSync(join(folder, '000001.jsonl'), 'utf8')).toContain('client.approved');
  });

  it('leaves out what is measured again and again', async () => {
    await using journal = await open();
    journal.append({
      type: 'transfer.progress',
      at: 1,
      transferId: 't',
      sentBytes: 1,
      bytesPerSecond: 1,
      retransmits: 0,
    });
    expect(journal.eventCount).toBe(0);
    expect(await atsOf()).toEqual([]);
  });

  it('cut at any byte gives the events that were whole, and goes on from there', async () => {
    {
      await using journal = await open();
      tell(journal, 1, 6);
    }
    const path = join(folder, '000001.jsonl');
    const whole = readFileSync(path);
    const endsOfLines = [...whole.toString().matchAll(/\n/g)].map(({ index }) => index);
    for (let length = whole.length; length >= 0; length -= 1) {
      truncateSync(path, length);
      // A line is whole without its end, too: all of its bytes are there.
      const wholeLines = endsOfLines.filter((end) => end <= length).length;
      const replay = await replayJournal(folder, numbers);
      expect(replay.state.ats).toEqual(upTo(Math.max(0, wholeLines - 1)));
    }
    writeFileSync(path, whole.subarray(0, whole.length - 10));
    {
      await using journal = await open();
      tell(journal, 6, 8);
    }
    expect(await replayJournal(folder, numbers)).toMatchObject({
      state: { ats: upTo(8) },
      brokenLines: 1,
      eventCount: 8,
    });
  });

  it('skips and counts damage in the middle', async () => {
    {
      await using journal = await open();
      tell(journal, 1, 3);
    }
    const path = join(folder, '000001.jsonl');
    const lines = readFileSync(path, 'utf8').split('\n');
    lines.splice(2, 0, '\0\0\0\0', '{"type":"client.abducted","at":9}', 'x'.repeat(3_000_000), '[]');
    writeFileSync(path, lines.join('\n'));
    expect(await replayJournal(folder, numbers)).toMatchObject({ state: { ats: [1, 2, 3] }, brokenLines: 4 });
  });

  it('of a newer version is refused and left as it is', async () => {
    mkdirSync(folder);
    const text = '{"journal":2,"sessionId":"s","segment":1,"eventsBefore":0,"more":true}\n';
    writeFileSync(join(folder, '000001.jsonl'), text);
    await expect(replayJournal(folder, numbers)).rejects.toMatchObject({ code: 'E_JOURNAL_NEWER' });
    expect(readFileSync(join(folder, '000001.jsonl'), 'utf8')).toBe(text);
  });
});

describe('journal that grows', () => {
  const limits = { ...standardJournalLimits, segmentBytes: 4_000, totalBytes: 16_000 };

  it('stays within its bound and loses no state', async () => {
    // The state of these tests grows with its events; real states are bounded.
    let count = 0;
    const counted: Fold<{ count: number }> = {
      empty: () => ({ count: 0 }),
      apply: (value) => void (value.count += 1),
      save: (value) => value.count,
      load: (data) => (typeof data === 'number' ? { count: data } : undefined),
    };
    {
      await using journal = await open({ limits, saveState: () => count });
      for (let at = 1; at <= 2_000; at += 1) {
        count += 1;
        journal.append(event(at));
        if (at % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
    const sizes = files().map((name) => statSync(join(folder, name)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(limits.totalBytes + 200);
    expect(files()).not.toContain('000001.jsonl');
    expect(await replayJournal(folder, counted)).toMatchObject({ state: { count: 2_000 }, eventCount: 2_000 });
  });
});

describe('journal on a disk that is full', () => {
  it('tells it once, keeps what it can, says what it lost, and goes on when there is room', async () => {
    let room = Number.POSITIVE_INFINITY;
    const write = (descriptor: number, bytes: Buffer): number => {
      const taken = writeSync(descriptor, bytes, 0, Math.min(bytes.length, room));
      room -= taken;
      return taken;
    };
    const limits = { ...standardJournalLimits, pendingBytes: 700 };
    {
      await using journal = await open({ write, limits });
      tell(journal, 1, 2);
      room = 30;
      tell(journal, 3, 20);
      expect(troubles).toEqual(['E_DISK_FULL']);
      room = Number.POSITIVE_INFINITY;
      nowMs = 500;
      tell(journal, 21, 21);
      expect(troubles).toEqual(['E_DISK_FULL']);
      nowMs = 1_500;
      tell(journal, 22, 23);
      expect(troubles).toEqual(['E_DISK_FULL', undefined]);
    }
    const replay = await replayJournal(folder, numbers);
    expect(replay.state.ats.slice(0, 2)).toEqual([1, 2]);
    expect(replay.state.ats.at(-1)).toBe(23);
    expect(replay.lostEvents).toBeGreaterThan(5);
    expect(replay.state.ats.length + replay.lostEvents).toBe(23);
  });

  it('from the beginning is an error, and leaves no file', async () => {
    const write = (): number => {
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    };
    await expect(open({ write })).rejects.toMatchObject({ code: 'E_DISK_FULL' });
    expect(files()).toEqual([]);
  });
});

describe('a segment with a stranger behind it', () => {
  it('is not disturbed by other files in its folder', async () => {
    {
      await using journal = await open();
      tell(journal, 1, 2);
    }
    appendFileSync(join(folder, 'notes.txt'), 'mine');
    writeFileSync(join(folder, '0000001.jsonl'), 'not one of ours');
    expect(await atsOf()).toEqual([1, 2]);
  });
});

import { describe, expect, it } from 'vitest';
import { ipxeBootScript, ipxeNothingScript } from '../../../../main/engine/boot/ipxe-script.ts';
import { ipxeWaitScript } from '../../../../main/engine/boot/wait-script.ts';
import { runScript, type ScriptSurroundings } from '../../../../main/engine/rehearsal/ipxe-interpreter.ts';
import {
  type Failure,
  type Heard,
  type HeardFile,
  pause,
  type Talk,
} from '../../../../main/engine/rehearsal/machine-talk.ts';
import { installEntry, menu } from '../boot/menu-fixture.ts';
import { BASE, converse } from './conversation.ts';

const served = { ...menu, baseUrl: BASE };
const [biosVariant] = installEntry.variants;
if (biosVariant === undefined) throw new Error('No variant');

const file = (text?: string): HeardFile => ({ kind: 'file', sizeBytes: 1, totalBytes: 1, text });

/** Runs a script with these files there; what it fetches is written down. */
function run(text: string, files: Readonly<Record<string, string>> = {}): { end: unknown; fetched: string[] } {
  const fetched: string[] = [];
  const surroundings: ScriptSurroundings = {
    settings: new Map(Object.entries({ 'netX/ip': '10.88.0.50', 'netX/mac': '52:54:00:00:00:01', platform: 'efi' })),
    // oxlint-disable-next-line require-yield -- nothing is waited for here
    *fetch(as, url): Talk<Heard | Failure> {
      fetched.push(`${as} ${url}`);
      const found = files[url.replace(/\?.*$/, '')];
      return found === undefined ? { kind: 'failed', reason: 'HTTP 404' } : file(found);
    },
    *configureNetwork() {
      yield* pause(1);
      return true;
    },
  };
  return { end: converse(runScript(text, `${BASE}/boot.ipxe`, surroundings), () => undefined).end, fetched };
}

const script = (...lines: string[]): string => ['#!ipxe', ...lines, ''].join('\n');
const ends = 'exit';

describe('an iPXE script', () => {
  it.each([
    ['ends behind its last line', ['echo hello'], { kind: 'exit' }],
    ['exits', ['exit', 'nonsense'], { kind: 'exit' }],
    [
      'stops at a command that fails',
      ['iseq a b', ends],
      { kind: 'failed', reason: `${BASE}/boot.ipxe stopped at "iseq a b"` },
    ],
    [
      'stops at a command that is unknown',
      ['login', ends],
      { kind: 'failed', reason: `${BASE}/boot.ipxe stopped at "login"` },
    ],
    ['forgives a failure by ||', ['iseq a b ||', ends], { kind: 'exit' }],
    ['goes on with what is behind ||', ['iseq a b || goto there', 'nonsense', ':there', ends], { kind: 'exit' }],
    ['passes || over where all is well', ['iseq a a || nonsense', ends], { kind: 'exit' }],
    [
      'runs what is behind && where all is well',
      ['iseq a a && goto there ||', 'nonsense', ':there', ends],
      { kind: 'exit' },
    ],
    ['passes && over, and takes ||', ['iseq a b && goto there ||', ends, ':there', 'nonsense'], { kind: 'exit' }],
    ['takes # for a comment', ['# goto nowhere', 'echo a # || goto nowhere', ends], { kind: 'exit' }],
    ['fills in settings', ['iseq ${platform} efi || nonsense', ends], { kind: 'exit' }],
    ['fills in what it set, of any type', ['set gap:hex 20:20', 'iseq ${gap:string} 20:20', ends], { kind: 'exit' }],
    ['writes an address with hyphens', ['iseq ${netX/mac:hexhyp} 52-54-00-00-00-01', ends], { kind: 'exit' }],
    ['leaves an unknown setting empty', ['isset ${nothing} || exit', 'nonsense'], { kind: 'exit' }],
    ['does not boot without a kernel', ['boot || exit', 'nonsense'], { kind: 'exit' }],
    ['misses a label', ['goto nowhere'], { kind: 'failed', reason: `${BASE}/boot.ipxe has no label nowhere` }],
    ['runs in circles', [':again', 'goto again'], { kind: 'failed', reason: `${BASE}/boot.ipxe runs in circles` }],
  ])('%s', (_title, lines, end) => {
    expect(run(script(...lines)).end).toEqual(end);
  });

  it('that is none is refused', () => {
    expect(run('<html>').end).toEqual({ kind: 'failed', reason: `${BASE}/boot.ipxe is no iPXE script` });
  });

  it('boots what it fetched, with the words of its command line', () => {
    const text = ipxeBootScript(served, installEntry, biosVariant);
    const there = `${BASE}/debian-12/install.amd`;
    expect(run(text, { [`${there}/vmlinuz`]: '', [`${there}/initrd.gz`]: '' })).toEqual({
      end: {
        kind: 'boot',
        commandLine: ['initrd=initrd.magic', 'vga=788', 'BOOTIF=01-52-54-00-00-00-01', '---', 'quiet'],
      },
      fetched: [`kernel ${there}/vmlinuz`, `initrd ${there}/initrd.gz`],
    });
  });

  it('fetches what a Windows image and a hypervisor are started with', () => {
    const there = `${BASE}/debian-12`;
    const files = Object.fromEntries(
      [`${BASE}/wimboot`, `${there}/boot/bcd`, `${there}/sources/boot.wim`, `${there}/xen`, `${there}/k`].map((url) => [url, '']), // prettier-ignore
    );
    const windows = { ...biosVariant, method: 'wimboot', kernel: 'sources/boot.wim', initrds: ['boot/bcd'] } as const;
    expect(run(ipxeBootScript(served, installEntry, { ...windows, initrds: ['boot/bcd'] }), files).fetched).toEqual([
      `kernel ${BASE}/wimboot`,
      `initrd ${there}/boot/bcd`,
      `initrd ${there}/sources/boot.wim`,
    ]);
    const hypervisor = { path: 'xen.gz', commandLine: 'x' };
    const xen = { ...biosVariant, method: 'multiboot' as const, kernel: 'k', initrds: [], hypervisor };
    expect(run(ipxeBootScript(served, installEntry, xen), files).fetched).toEqual([
      `kernel ${there}/xen`,
      `initrd ${there}/k`,
    ]);
  });

  it('that cannot fetch asks the station again, and tells why', () => {
    const text = ipxeBootScript(served, installEntry, biosVariant);
    expect(run(text, { [`${BASE}/boot.ipxe`]: script('exit') })).toEqual({
      end: { kind: 'exit' },
      fetched: [`kernel ${BASE}/debian-12/install.amd/vmlinuz`, `script ${BASE}/boot.ipxe?failure=HTTP-404`],
    });
  });

  it('that waits for a person asks on until there is another', () => {
    const { end, fetched } = run(ipxeWaitScript(BASE, '4711'), { [`${BASE}/machine.ipxe`]: ipxeNothingScript('No') });
    expect(end).toEqual({ kind: 'exit' });
    expect(fetched).toEqual([expect.stringMatching(/machine\.ipxe\?mac=52:54:00:00:00:01&.*&waited=4711$/)]);
  });

  it('that leads to itself for ever comes to an end', () => {
    const again = script(`chain --replace ${BASE}/boot.ipxe`);
    expect(run(again, { [`${BASE}/boot.ipxe`]: again }).end).toEqual({
      kind: 'failed',
      reason: 'its scripts led from one to the next without end',
    });
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodePacket, encodePacket } from '../../../../main/engine/dhcp/packet.ts';
import { packetText } from './packet-text.ts';
import { Bench, decoded } from './scripted-client.ts';

/** Packets of real firmware and clients, each with its golden decoding beside it. */

const folder = join(import.meta.dirname, '../../../fixtures/dhcp/captured');
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.hex'))
  .map((name) => name.slice(0, -'.hex'.length));
const bytesOf = (name: string): Uint8Array =>
  Uint8Array.from(Buffer.from(readFileSync(join(folder, `${name}.hex`), 'utf8').replace(/\s/g, ''), 'hex'));

describe('captured packets', () => {
  it('are there', () => expect(names.length).toBeGreaterThan(15));

  it.each(names)('%s reads as its golden decoding', async (name) => {
    const bytes = bytesOf(name);
    await expect(packetText(decoded(bytes), bytes.length)).toMatchFileSnapshot(join(folder, `${name}.txt`));
  });

  it.each(names)('%s survives being written and read again', (name) => {
    const packet = decoded(bytesOf(name));
    expect(decodePacket(encodePacket(packet))).toEqual({ ok: true, packet });
  });

  it.each(names.filter((name) => name.endsWith('-discover')))('%s is offered an address', (name) => {
    const { message, reply } = new Bench().send(bytesOf(name));
    expect({ message, yiaddr: reply?.yiaddr, xid: reply?.xid }).toEqual({
      message: 'OFFER',
      yiaddr: expect.stringMatching(/^10\.88\.0\.[5-9]\d$/),
      xid: decoded(bytesOf(name)).xid,
    });
  });

  it.each(names.filter((name) => name.startsWith('dnsmasq')))('%s, of another server, is dropped', (name) => {
    expect(new Bench().send(bytesOf(name))).toMatchObject({ reply: undefined, reason: 'it is not a request' });
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Case, replied, STATION } from './machine.ts';

/** What real firmware sends. */

const folder = join(import.meta.dirname, '../../fixtures/dhcp/captured');
const captured = readdirSync(folder).filter((name) => /^(bios|uefi).*-discover\.hex$/.test(name));
const capturedBytes = (name: string): Uint8Array =>
  Uint8Array.from(Buffer.from(readFileSync(join(folder, name), 'utf8').replace(/\s/g, ''), 'hex'));

const captureCase = (name: string): Case => [
  `${name.replace('-discover.hex', '')}, as it was captured`,
  async (machine) => {
    const answer = replied(await machine.rom.ask(capturedBytes(name)));
    expect({ message: answer.message, siaddr: answer.packet.siaddr }).toEqual({ message: 'OFFER', siaddr: STATION });
  },
];

export const captureCases: readonly Case[] = captured.map(captureCase);

import { describe, expect, it } from 'vitest';
import { isAppUrl, isOpenableOutside } from '../../../main/host/app-address.ts';

describe('isAppUrl', () => {
  it.each([
    ['app://station/', true],
    ['app://station/assets/index.js?x#y', true],
    ['app://station', true],
    ['app://station.evil.example/', false],
    ['app://evil/station', false],
    ['app://station@evil/', false],
    ['app://station:80/', false],
    ['https://station/', false],
    ['file:///etc/passwd', false],
    ['data:text/html,hello', false],
    ['javascript:alert(1)', false],
    ['blob:app://station/1', false],
    ['about:blank', false],
    ['app:station', false],
    ['', false],
  ])('%s: %s', (url, expected) => {
    expect(isAppUrl(url)).toBe(expected);
  });
});

describe('isOpenableOutside', () => {
  it.each([
    ['https://ipxe.org/err/1', true],
    ['https://www.debian.org/', true],
    ['http://ipxe.org/', false],
    ['https://ipxe.org.evil.example/', false],
    ['https://ipxe.org@evil.example/', false],
    ['https://ipxe.org:8443/', false],
    ['https://example.org/', false],
    ['file:///usr/bin/xterm', false],
    ['smb://ipxe.org/share', false],
    ['not an address', false],
  ])('%s: %s', (url, expected) => {
    expect(isOpenableOutside(url)).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { inertText } from '../../../renderer/ui/untrusted-text.ts';

describe('inertText', () => {
  it.each([
    ['bench-07', 'bench-07'],
    ['Größe 東京 مرحبا', 'Größe 東京 مرحبا'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['\u202Egnp.exe', '‹202E›gnp.exe'],
    ['a\u0000b\nc\u007F', 'a‹00›b‹0A›c‹7F›'],
    ['\u2066x\u2069\u200B\uFEFF', '‹2066›x‹2069›‹200B›‹FEFF›'],
    ['\u{E0041}', '‹E0041›'],
    ['line\u2028two', 'line‹2028›two'],
  ])('%j', (text, shown) => {
    expect(inertText(text)).toBe(shown);
  });

  it('cuts what is too long, at a character and not inside one', () => {
    const cut = inertText('💡'.repeat(200), 10);
    expect(cut).toBe(`${'💡'.repeat(9)}…`);
    expect(inertText('x'.repeat(120))).toHaveLength(120);
    expect(inertText('x'.repeat(121))).toBe(`${'x'.repeat(119)}…`);
  });

  it('costs no more for ten megabytes than for what it shows of them', () => {
    const long = '\u202E'.repeat(10_000_000);
    const before = process.cpuUsage();
    expect(inertText(long)).toHaveLength(119 * 6 + 1);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(50);
  });
});

import { describe, expect, it } from 'vitest';
import { explainSocketError } from '../../../../main/engine/dhcp/sender.ts';

describe('a reply that could not be sent', () => {
  it.each([
    ['ENETDOWN', 'E_INTERFACE_DOWN'],
    ['ENETUNREACH', 'E_INTERFACE_DOWN'],
    ['ENODEV', 'E_INTERFACE_LOST'],
    ['ENXIO', 'E_INTERFACE_LOST'],
    ['EPERM', 'E_REPLY_NOT_SENT'],
    ['ENOBUFS', 'E_REPLY_NOT_SENT'],
  ])('by %s is told as %s, with the interface it is about', (code, expected) => {
    const error = explainSocketError(Object.assign(new Error(`send ${code}`), { code }), 'eth0');
    expect(error).toMatchObject({ code: expected, data: { name: 'eth0' } });
  });
});

import { describe, expect, it } from 'vitest';
import { readGpgStatus } from '../../../../main/engine/images/gpg-status.ts';

const fingerprint = '0123456789ABCDEF0123456789ABCDEF01234567';
const status = (...lines: string[]): string => lines.map((line) => `[GNUPG:] ${line}\n`).join('');
const valid = `VALIDSIG ${fingerprint} 2026-01-01 1767225600 0 4 0 22 10 00 ${fingerprint}`;

describe('readGpgStatus', () => {
  it.each([
    ['good', status('NEWSIG', 'GOODSIG 01234567 Bench <a@b>', valid), { by: 'Bench <a@b>', key: fingerprint }],
    ['bad', status('BADSIG 01234567 Bench <a@b>'), { by: 'Bench <a@b>', key: '01234567' }],
    ['bad', status('GOODSIG 0 Good', valid, 'NEWSIG', 'BADSIG 1 Bad'), { by: 'Bad' }],
    ['unknown-key', status('ERRSIG 89AB 22 10 00 1767225600 9 X', 'NO_PUBKEY 89AB'), { key: '89AB' }],
    ['weak', status('EXPKEYSIG 01234567 Old', valid), { by: 'Old', key: fingerprint }],
    ['weak', status('REVKEYSIG 01234567 Gone', valid), { by: 'Gone' }],
    ['weak', status('EXPSIG 01234567 Late', valid), { by: 'Late' }],
    ['good', status('GOODSIG 01234567 Bench\u001b[2J', valid), { by: 'Bench[2J' }],
    // Without its second line a signature was not checked to the end.
    ['unreadable', status('GOODSIG 01234567 Bench'), {}],
    ['unreadable', status('NODATA 4'), {}],
    ['unreadable', 'gpg: Good signature from "Mallory"\n GOODSIG 0 x', {}],
    ['unreadable', '', {}],
  ])('%s: %j', (state, text, facts) => expect(readGpgStatus(text)).toMatchObject({ state, ...facts }));
});

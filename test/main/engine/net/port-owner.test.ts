import { spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { inodesOnPort, portOwner } from '../../../../main/engine/net/port-owner.ts';

const header = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';

describe('inodesOnPort', () => {
  it('takes listening TCP sockets and every UDP socket on the port', () => {
    const line = (local: string, state: string, inode: number): string =>
      `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0`;
    const table = [
      header,
      line('00000000:0050', '0A', 11),
      line('0100007F:0050', '01', 12),
      line('00000000:1F90', '0A', 13),
    ];
    expect(inodesOnPort(table.join('\n'), 80, 'TCP')).toEqual(['11']);
    expect(inodesOnPort(table.join('\n'), 80, 'UDP')).toEqual(['11', '12']);
  });
});

describe.runIf(process.platform === 'linux')('portOwner', () => {
  it('names another process that holds a port', async () => {
    const child = spawn(process.execPath, [
      '-e',
      `const s=require('node:dgram').createSocket('udp4');s.bind(0,'127.0.0.1',()=>console.log(s.address().port))`,
    ]);
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      expect(await portOwner('UDP', Number(line.toString()))).toMatch(new RegExp(`^\\S+ \\(process ${child.pid}\\)$`));
    } finally {
      child.kill();
    }
  });

  it('does not name this process or a free port', async () => {
    const socket = dgram.createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    expect(await portOwner('UDP', port)).toBeUndefined();
    socket.close();
    expect(await portOwner('TCP', port)).toBeUndefined();
  });
});

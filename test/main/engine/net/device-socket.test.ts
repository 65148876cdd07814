import { spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { listenOnDevice, openDeviceUdpSocket } from '../../../../main/engine/net/device-socket.ts';

const loopback = { interfaceName: 'lo', address: '127.0.0.1', port: 0 };
const options = { interfaceAddress: '127.0.0.1' };

describe.runIf(process.platform === 'linux')('openDeviceUdpSocket', () => {
  it('hears datagrams on its interface', async () => {
    const socket = await openDeviceUdpSocket({ ...loopback, address: '0.0.0.0' }, options);
    const sender = dgram.createSocket('udp4');
    try {
      const heard = once(socket, 'message');
      sender.send('hello', socket.address().port, '127.0.0.1');
      expect(String((await heard)[0])).toBe('hello');
    } finally {
      socket.close();
      sender.close();
    }
  });

  it('says that an interface is not there', async () => {
    await expect(openDeviceUdpSocket({ ...loopback, interfaceName: 'nope0' }, options)).rejects.toMatchObject({
      code: 'E_DEVICE_BIND_FAILED',
      data: { name: 'nope0' },
    });
  });

  it('names the process that holds the port', async () => {
    const child = spawn(process.execPath, [
      '-e',
      `const s=require('node:dgram').createSocket('udp4');s.bind(0,'0.0.0.0',()=>console.log(s.address().port))`,
    ]);
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const port = Number(line.toString());
      await expect(openDeviceUdpSocket({ ...loopback, address: '0.0.0.0', port }, options)).rejects.toMatchObject({
        code: 'E_PORT_IN_USE',
        data: { port, protocol: 'UDP', owner: expect.stringContaining(`process ${child.pid}`) as string },
      });
    } finally {
      child.kill();
    }
  });

  it('binds to the interface address where the system has no device option', async () => {
    const socket = await openDeviceUdpSocket({ ...loopback, address: '0.0.0.0' }, { ...options, platform: 'win32' });
    expect(socket.address().address).toBe('127.0.0.1');
    socket.close();
  });
});

describe.runIf(process.platform === 'linux')('listenOnDevice', () => {
  it('serves HTTP on its interface, and refuses a port that is taken', async () => {
    const server = createServer((_request, response) => response.end('served'));
    await listenOnDevice(server, loopback);
    const { port } = server.address() as { port: number };
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('served');
    await expect(listenOnDevice(createServer(), { ...loopback, port })).rejects.toMatchObject({
      code: 'E_PORT_IN_USE',
      data: { port, protocol: 'TCP' },
    });
    server.close();
    server.closeAllConnections();
  });
});

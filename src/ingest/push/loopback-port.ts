import { createSocket } from 'node:dgram';
import { createServer, type AddressInfo } from 'node:net';
import { LOOPBACK } from './publisher.js';

/** A port on loopback that was free a moment ago. */
export const loopbackPort = (kind: 'tcp' | 'udp'): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = kind === 'tcp' ? createServer() : createSocket('udp4');
    const found = (): void => {
      const { port } = socket.address() as AddressInfo;
      socket.close(() => resolve(port));
    };
    socket.once('error', reject);
    if ('listen' in socket) socket.listen(0, LOOPBACK, found);
    else socket.bind(0, LOOPBACK, found);
  });

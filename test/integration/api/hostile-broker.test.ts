import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { MqttSink } from '../../../src/api/mqtt/mqtt-sink.js';
import { IncomingLimits } from '../../../src/api/mqtt/incoming-limits.js';
import type { HappyIndexEvent } from '../../../src/contracts/events.js';
import { createLogger } from '../../../src/runtime/logger.js';
import { hasOpenssl, selfSigned } from '../../fixtures/certificate.js';
import { temporaryFolder } from '../../fixtures/clips.js';
import { HEAVY_SHAPES, heavyText } from '../../fixtures/heavy-texts.js';
import { waitFor, waitUntil } from '../../fixtures/wait-until.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const ACCEPTED = Buffer.from([0x20, 2, 0, 0]);

const lengthOf = (bytes: number): Buffer => {
  const digits: number[] = [];
  for (let rest = bytes; digits.length === 0 || rest > 0; rest = Math.floor(rest / 128))
    digits.push((rest % 128) | (rest >= 128 ? 128 : 0));
  return Buffer.from(digits);
};

/** A PUBLISH packet, retained. */
const message = (topic: string, payload: string | Buffer, flags = 1): Buffer => {
  const name = Buffer.from(topic);
  const head = Buffer.alloc(2);
  head.writeUInt16BE(name.length);
  const id = (flags & 6) === 0 ? Buffer.alloc(0) : Buffer.from([0, 7]);
  const body = Buffer.concat([head, name, id, Buffer.from(payload)]);
  return Buffer.concat([Buffer.from([0x30 | flags]), lengthOf(body.length), body]);
};

interface FakeBroker {
  readonly port: number;
  readonly connections: Socket[];
}

/** Something that listens where a broker should; `behave` gets every connection once its CONNECT has arrived. */
const fakeBroker = async (behave: (socket: Socket) => void): Promise<FakeBroker> => {
  const connections: Socket[] = [];
  const server = createServer((socket) => {
    connections.push(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => behave(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    for (const socket of connections) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, connections };
};

const sinkFor = (url: string): { sink: MqttSink; log: () => string } => {
  let text = '';
  const logger = createLogger({
    level: 'debug',
    pretty: false,
    destination: { write: (line: string) => void (text += line) },
  });
  const mqtt = { url, topicPrefix: 'shop', observe: false, homeAssistant: true };
  const sink = new MqttSink({ mqtt, streams: () => [], points: () => [], logger, reconnectMs: 50 });
  closers.push(() => sink.close());
  return { sink, log: () => text };
};

const pour = (socket: Socket, bytes: Buffer): void => {
  const go = (): void => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.on('drain', go);
  go();
};

describe('a hostile broker', () => {
  it.each<[string, (socket: Socket) => void, string]>([
    ['speaks no MQTT', (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'), 'too large'],
    ['sends a length without end', (socket) => socket.write(Buffer.from([0x30, 255, 255, 255, 255, 1])), 'too large'],
    [
      'announces 256 MB and sends them',
      (socket) => {
        socket.write(Buffer.concat([ACCEPTED, Buffer.from([0x30, 255, 255, 255, 127])]));
        pour(socket, Buffer.alloc(65_536, 97));
      },
      'too large',
    ],
    ['has an answer of 2 MB', (socket) => socket.write(Buffer.from([0x20, 128, 128, 128, 1])), 'too large'],
    ['speaks another language', (socket) => socket.write(Buffer.from([0xff, 0xfe])), 'not to us'],
    ['connects to us', (socket) => socket.write(Buffer.from([0x10, 0])), 'packet type 1'],
    [
      'sends in a quality that has to be kept',
      (socket) => socket.write(Buffer.concat([ACCEPTED, message('shop/streams/a/state', '{}', 5)])),
      'was not asked for',
    ],
    ['refuses with a code that does not exist', (socket) => socket.write(Buffer.from([0x20, 2, 0, 200])), 'refused'],
    ['refuses and keeps the connection', (socket) => socket.write(Buffer.from([0x20, 2, 0, 5])), 'Not authorized'],
    ['drops every connection', (socket) => socket.destroy(), 'connection closed'],
  ])('that %s is left, named and tried again', async (_name, behave, words) => {
    const { port, connections } = await fakeBroker(behave);
    const before = process.memoryUsage().rss;
    const { log } = sinkFor(`mqtt://127.0.0.1:${port}`);
    await waitUntil('three tries', () => connections.length >= 3);
    await waitUntil('the words', () => log().includes(words));
    expect(process.memoryUsage().rss - before).toBeLessThan(64e6);
  });

  it('that acknowledges nothing costs no memory: what cannot be sent is given up, and said', async () => {
    const { port } = await fakeBroker((socket) => socket.write(ACCEPTED));
    const { sink, log } = sinkFor(`mqtt://127.0.0.1:${port}`);
    await waitUntil('given up', () => {
      for (let i = 0; i < 1000; i += 1)
        sink.sink({ event: 'happy-index', payload: { pointId: `p${i % 5}`, ts: i } as HappyIndexEvent });
      return log().includes('too slow');
    });
  });

  it.skipIf(!hasOpenssl)('whose certificate nobody knows is not spoken to', async () => {
    const folder = temporaryFolder('broker');
    closers.push(() => folder.remove());
    const heard: string[] = [];
    const server = createTlsServer(selfSigned(folder.path, 'broker'), (socket) => {
      socket.on('error', () => undefined).on('data', (bytes: Buffer) => heard.push(bytes.toString('latin1')));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => server.close());
    const { log } = sinkFor(`mqtts://shop:s3cret@127.0.0.1:${(server.address() as AddressInfo).port}`);
    await waitUntil('the words', () => /self-signed certificate/.test(log()));
    expect(heard).toEqual([]);
    expect(log()).not.toContain('s3cret');
  });

  it('that floods us with messages of ours, or of any text, never holds the loop for 50 ms', async () => {
    const own = Array.from({ length: 5000 }, (_, n) => message(`shop/streams/s${n}/state`, '{}'));
    const texts = HEAVY_SHAPES.flatMap((shape) => {
      const text = heavyText(shape, 60_000);
      return [
        message('homeassistant/sensor/x/config', text),
        message('homeassistant/sensor/x/config', JSON.stringify({ origin: { name: text.slice(0, 20_000) } })),
        message(`homeassistant/${heavyText(shape, 15_000).replace(/[#+\n]/g, 'x')}/config`, '{}'),
      ];
    });
    let served: Socket | null = null;
    const { port } = await fakeBroker((socket) => {
      served = socket;
      socket.write(ACCEPTED);
    });
    const { log } = sinkFor(`mqtt://127.0.0.1:${port}`);
    const socket = await waitFor('the connection', () => served);
    /** The most CPU time between two turns of the loop while `packets` are sent and taken, ms. */
    const worst = async (packets: readonly Buffer[]): Promise<number> => {
      let most = 0;
      let last = process.cpuUsage();
      const look = setInterval(() => {
        const { user, system } = process.cpuUsage(last);
        last = process.cpuUsage();
        most = Math.max(most, (user + system) / 1000);
      }, 1);
      const taken = new Promise((resolve) => socket.once('data', resolve));
      for (const packet of packets) if (!socket.write(packet)) await new Promise((done) => socket.once('drain', done));
      // Acknowledged when everything before it has been taken.
      socket.write(message('shop/last', '{}', 2));
      await taken;
      clearInterval(look);
      return most;
    };
    for (const packets of [own, texts]) {
      let least = Infinity;
      for (let tries = 0; tries < 8 && least >= 50; tries += 1) least = Math.min(least, await worst(packets));
      expect(least).toBeLessThan(50);
    }
    expect(log()).toContain('sends more than is read');
    expect(log()).not.toContain('connection closed');
  });
});

describe('the heads of packets', () => {
  it('are followed wherever the pieces end', () => {
    const stream = Buffer.concat([ACCEPTED, message('a', 'b'.repeat(300)), Buffer.from([0xd0, 0]), message('c', '')]);
    for (let piece = 1; piece <= stream.length; piece += 1) {
      const limits = new IncomingLimits();
      for (let at = 0; at < stream.length; at += piece)
        expect(limits.push(stream.subarray(at, at + piece), 0)).toEqual({ fault: null, waitMs: 0 });
      expect(limits.push(Buffer.from([0x10]), 0).fault).toContain('packet type 1');
    }
  });
});

import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { LiveClient } from '../../../src/client/live-client.js';
import type { StatusEvent } from '../../../src/contracts/events.js';
import { segment, startBroadcast } from '../../fixtures/broadcast.js';
import { makeClip, temporaryFolder } from '../../fixtures/clips.js';
import { startHangingRtsp } from '../../fixtures/hanging-rtsp.js';
import { samplePhoto, startCli } from '../../fixtures/run-cli.js';
import { ALL_FAULTS, childrenOf, isAlive, PATIENCE, startUnderFault } from './service.js';
import { waitFor } from '../../fixtures/wait-until.js';

const folder = temporaryFolder('shutdown');
afterAll(() => folder.remove());

const LIMIT_MS = 5000;

/** Reads an answer to its end; how it ended does not matter. */
const drain = async (url: string): Promise<void> => {
  try {
    const reader = (await fetch(url)).body?.getReader();
    while (reader !== undefined && !(await reader.read()).done);
  } catch {
    // A connection that is cut has ended, too.
  }
};

it(
  'SIGTERM in the middle of everything: sockets told, last batch written, no decoder left, clean exit',
  PATIENCE,
  async ({ onTestFinished }) => {
    const face = segment(join(folder.path, 'face.ts'), { seconds: 4, size: '640x360', photo: samplePhoto(1) });
    const camera = await startBroadcast(face, 4);
    const deaf = await startHangingRtsp();
    onTestFinished(() => {
      camera.close();
      deaf.close();
    });
    const wedged = makeClip(join(folder.path, 'wedged.mp4'), { size: '160x90', seconds: 4 });
    const service = await startUnderFault(onTestFinished, {
      config: {
        privacy: { jurisdiction: 'other', sellerAnalytics: 'on', kAnonymity: 1, sampleExport: ['admin'] },
        streams: [
          { id: 'seller', url: camera.url, role: 'seller', fps: 5 },
          { id: 'customer', url: camera.url, fps: 5 },
          { id: 'deaf', url: `rtsp://127.0.0.1:${deaf.port}/x`, fps: 2 },
          { id: 'wedged', url: wedged, loop: true, fps: 2, stallTimeout: '60s' },
        ],
        contacts: [{ id: 'till', seller: 'seller', customer: 'customer' }],
      },
    });
    const statuses: StatusEvent[] = [];
    let contactsBegun = 0;
    let contactsEnded = 0;
    let disconnects = 0;
    const clients = [0, 1, 2].map(() => {
      const client = new LiveClient({
        url: service.url,
        topics: ['faces', 'metrics', 'contacts', 'status'],
        onDisconnected: () => (disconnects += 1),
      });
      client.on('status', (event) => statuses.push(event));
      client.on('contact:start', () => (contactsBegun += 1));
      client.on('contact:end', () => (contactsEnded += 1));
      return client.connect();
    });
    onTestFinished(() => clients.forEach((client) => client.close()));
    await service.goesOn('customer', 25);
    await service.goesOn('wedged', 1);
    await waitFor('an open contact and a deaf camera', () =>
      contactsBegun > 0 && deaf.connections() > 0 ? true : null,
    );
    const [stopped = 0] = childrenOf(service.pid, wedged);
    process.kill(stopped, 'SIGSTOP');
    const decoders = childrenOf(service.pid, 'ffmpeg');
    expect(decoders.length).toBe(4);

    const period = `from=${new Date(Date.now() - 86_400_000).toISOString()}&to=${new Date().toISOString()}`;
    const pending = [
      drain(`${service.url}/api/v1/streams/customer/live.mjpg`),
      drain(`${service.url}/api/v1/reports/me1?${period}&format=pdf`),
      drain(`${service.url}/api/v1/samples/export?${period}&format=csv`),
    ];
    const last = await service.stream('customer');
    const faces = await service.metric('emoscope_faces_total', { stream: 'customer' });
    const sinceMs = performance.now();
    const { code } = await service.stop();
    const tookMs = performance.now() - sinceMs;
    console.log(`recovery | SIGTERM in the middle of everything, until the end | ${(tookMs / 1000).toFixed(1)} s`);
    expect(code).toBe(0);
    if (ALL_FAULTS) expect(tookMs).toBeLessThan(LIMIT_MS);

    await Promise.all(pending);
    await waitFor('sockets told', () => (disconnects === clients.length ? true : null));
    for (const id of ['seller', 'customer', 'deaf', 'wedged']) {
      expect(statuses.filter((event) => event.id === id && event.state === 'stopped')).toHaveLength(clients.length);
    }
    expect(contactsEnded).toBeGreaterThanOrEqual(clients.length);
    expect(decoders.filter(isAlive)).toEqual([]);
    const kept = await service.kept();
    expect(kept.analysed('customer')).toBeGreaterThanOrEqual(last.framesAnalysed);
    expect(kept.samples).toBeGreaterThanOrEqual(faces);
    expect(kept.contacts.length * clients.length).toBe(contactsEnded);
  },
);

it.skipIf(!ALL_FAULTS)(
  'SIGTERM while the models are being prepared: clean exit',
  PATIENCE,
  async ({ onTestFinished }) => {
    const cli = startCli(['serve'], {
      EMOSCOPE_SERVER_PORT: '0',
      EMOSCOPE_SERVER_ACCOUNTS: join(folder.path, 'accounts.json'),
      EMOSCOPE_STORE_PATH: join(folder.path, 'early.duckdb'),
    });
    onTestFinished(() => void cli.child.kill('SIGKILL'));
    await waitFor('the first word', () => (cli.stderr().includes('Preparing') ? true : null));
    cli.child.kill('SIGTERM');
    expect(await cli.finished).toMatchObject({ code: 0 });
  },
);

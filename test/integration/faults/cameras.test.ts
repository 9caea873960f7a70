import { mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LiveClient } from '../../../src/client/live-client.js';
import type { StatusEvent } from '../../../src/contracts/events.js';
import { segment, startBroadcast, type Broadcast } from '../../fixtures/broadcast.js';
import { makeClip, temporaryFolder } from '../../fixtures/clips.js';
import { startHangingRtsp } from '../../fixtures/hanging-rtsp.js';
import { rtspServerAvailable, startRtspServer, type RtspServer } from '../../fixtures/rtsp-server.js';
import { startTcpProxy } from '../../fixtures/tcp-proxy.js';
import { flipBits, withTimes } from './maltreated.js';
import {
  ALL_FAULTS,
  childrenOf,
  isAlive,
  recovery,
  startUnderFault,
  type ServiceUnderFault,
  PATIENCE,
} from './service.js';
import { waitFor } from '../../fixtures/wait-until.js';

const SEGMENT_S = 2;
const TICKS_PER_S = 90_000;
const WRAP = 2 ** 33;

/** Every program of this machine but ffmpeg, which is behind a script that floods the log of some cameras. */
const programsIn = (folder: string): string => {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const place of ['/usr/local/bin', '/usr/bin', '/bin']) {
    for (const name of readdirSync(place)) {
      if (name === 'ffmpeg') continue;
      try {
        symlinkSync(join(place, name), join(bin, name));
      } catch {
        // Listed before.
      }
    }
  }
  const flood = `yes '[error] something is wrong' >&2 &`;
  const script = `#!/bin/sh\ncase "$*" in *flood*) ${flood};; esac\nexec /usr/bin/ffmpeg "$@"\n`;
  writeFileSync(join(bin, 'ffmpeg'), script, { mode: 0o755 });
  return bin;
};

describe.skipIf(!ALL_FAULTS || !rtspServerAvailable())(
  'cameras that fail, seen from outside the service',
  PATIENCE,
  () => {
    const folder = temporaryFolder('cameras');
    const at = (name: string): string => join(folder.path, name);
    const undo: (() => unknown)[] = [];
    const statuses: StatusEvent[] = [];
    const broadcasts: Record<string, Broadcast> = {};
    let plain: Buffer;
    let bin: string;
    let rtsp: RtspServer;
    let frail: RtspServer;
    let cut: Awaited<ReturnType<typeof startTcpProxy>>;
    let slow: Awaited<ReturnType<typeof startTcpProxy>>;
    let deaf: Awaited<ReturnType<typeof startHangingRtsp>>;
    let service: ServiceUnderFault;

    const LIVE = ['bits', 'size', 'codec', 'jump', 'wrap', 'still'];

    beforeAll(async () => {
      plain = segment(at('plain.ts'), { seconds: SEGMENT_S });
      const clip = makeClip(at('long.mp4'), { size: '160x90', rate: 10, seconds: 900 });
      const loop = (name: string): string => makeClip(at(`${name}.mp4`), { size: '160x90', rate: 10, seconds: 20 });
      rtsp = await startRtspServer({ files: { cam: clip } });
      frail = await startRtspServer({ files: { cam: clip } });
      cut = await startTcpProxy(rtsp.port);
      slow = await startTcpProxy(rtsp.port);
      deaf = await startHangingRtsp();
      for (const id of LIVE) broadcasts[id] = await startBroadcast(plain, SEGMENT_S);
      bin = programsIn(folder.path);
      const camera = (port: number): string => `rtsp://127.0.0.1:${port}/cam`;
      const urls: Record<string, string> = {
        power: camera(frail.port),
        cut: camera(cut.port),
        slow: camera(slow.port),
        deaf: camera(deaf.port),
        killed: loop('killed'),
        hung: loop('hung'),
        flood: loop('flood'),
        ...Object.fromEntries(Object.entries(broadcasts).map(([id, { url }]) => [id, url])),
      };
      service = await startUnderFault((act) => undo.push(act), {
        env: { PATH: bin },
        config: {
          streams: Object.entries(urls).map(([id, url]) => ({
            ...{ id, url, fps: 2, stallTimeout: '3s' },
            ...(url.startsWith('/') ? { loop: true } : {}),
          })),
        },
      });
      const client = new LiveClient({ url: service.url, topics: ['status'] }).connect();
      client.on('status', (event) => statuses.push(event));
      undo.push(() => client.close());
      for (const id of Object.keys(urls)) if (id !== 'deaf') await service.goesOn(id, 1);
    }, 200_000);

    afterAll(async () => {
      for (const act of undo.reverse()) await act();
      for (const server of [rtsp, frail]) await server.kill();
      for (const one of [cut, slow, deaf, ...Object.values(broadcasts)]) one.close();
      folder.remove();
    });

    /** Waits until the stream is online and analysed anew. */
    const well = async (fault: string, id: string, sinceMs: number): Promise<void> => {
      const { framesAnalysed } = await service.stream(id);
      await recovery(fault, sinceMs, async () => {
        const now = await service.stream(id);
        return now.state === 'online' && now.framesAnalysed > framesAnalysed ? true : null;
      });
    };
    const leaves = (id: string): Promise<unknown> =>
      waitFor(`${id} not online`, async () => ((await service.stream(id)).state === 'online' ? null : true));
    /** What subscribers were told of a stream so far, without repetitions. */
    const told = (id: string): string[] =>
      statuses
        .filter((event) => event.id === id)
        .map(({ state, reason }) => (reason === null ? state : `${state} ${reason}`))
        .filter((text, index, all) => text !== all[index - 1]);
    const decoderOf = (text: string): number => {
      const [pid = 0] = childrenOf(service.pid, text);
      expect(pid).toBeGreaterThan(0);
      return pid;
    };

    it.concurrent('the camera process is killed and comes back', async () => {
      await frail.kill();
      await leaves('power');
      expect(await service.metric('emoscope_stream_state', { stream: 'power', state: 'online' })).toBe(0);
      frail = await startRtspServer({ files: { cam: at('long.mp4') }, port: frail.port });
      await well('camera process killed and back', 'power', performance.now());
      expect(told('power')).toContain('online');
    });

    it.concurrent('the network is cut: stalled, reconnecting, online again', async () => {
      cut.cut();
      await leaves('cut');
      await waitFor('a new try', async () => ((await service.stream('cut')).reconnects > 0 ? true : null));
      cut.mend();
      await well('network cut and back', 'cut', performance.now());
      expect(told('cut').join(' → ')).toContain('stalled timeout → reconnecting timeout → online');
    });

    it.concurrent('the network is slow: it shows, and the camera is up to date once it is fast', async () => {
      const full = async (): Promise<true | null> => {
        const { fps, targetFps } = await service.stream('slow');
        return fps >= targetFps * 0.7 ? true : null;
      };
      await waitFor('the full rate', full);
      slow.limit(1000);
      await waitFor('a shortfall', async () => {
        const { state, fps, targetFps } = await service.stream('slow');
        return state !== 'online' || fps < targetFps / 2 ? true : null;
      });
      slow.limit(Infinity);
      const sinceMs = performance.now();
      await recovery('network slow and fast again', sinceMs, async () => {
        const { state, fps, targetFps, lastFrameTs } = await service.stream('slow');
        return state === 'online' && fps >= targetFps * 0.7 && Date.now() - (lastFrameTs ?? 0) < 3000 ? true : null;
      });
    });

    it.concurrent('RTSP that hangs after DESCRIBE: offline(timeout), tried again, online once it works', async () => {
      await waitFor('given up', async () => {
        const { state, reason } = await service.stream('deaf');
        return state === 'offline' && reason === 'timeout' ? true : null;
      });
      deaf.heal(rtsp.port);
      await well('RTSP that hangs after DESCRIBE', 'deaf', performance.now());
    });

    it.concurrent('corrupted H.264: the service goes on and so does the camera after it', async () => {
      for (const seed of [1, 2, 3, 4, 5]) {
        broadcasts['bits']?.show(flipBits(plain, 0.01 * seed, seed));
        await waitFor('damaged video sent twice', () => ((broadcasts['bits']?.rounds() ?? 0) >= 2 ? true : null));
      }
      broadcasts['bits']?.show(plain);
      await well('corrupted H.264', 'bits', performance.now());
    });

    it.concurrent.for([
      ['size', 'another resolution', { size: '320x180' }],
      ['codec', 'another codec', { codec: 'libx265' }],
    ] as const)('%s: %s in mid-stream', async ([id, fault, change]) => {
      broadcasts[id]?.show(segment(at(`${id}.ts`), { seconds: SEGMENT_S, ...change }));
      await recovery(fault, performance.now(), async () => {
        const { state, width, codec } = await service.stream(id);
        const changed = id === 'size' ? width === 320 : codec === 'hevc';
        return state === 'online' && changed ? true : null;
      });
      await service.goesOn(id, 3);
    });

    it.concurrent.for([
      ['jump', 'timestamps that jump by hours', (ticks: number) => ticks + 20_000 * TICKS_PER_S],
      ['wrap', 'timestamps that wrap', (ticks: number) => (ticks - 3 * TICKS_PER_S + WRAP) % WRAP],
      ['still', 'timestamps that stand still', () => 10 * TICKS_PER_S],
    ] as const)('%s: %s', async ([id, fault, change]) => {
      const { reconnects } = await service.stream(id);
      broadcasts[id]?.show(withTimes(plain, change));
      await well(fault, id, performance.now());
      for (const _ of [1, 2, 3]) {
        await service.goesOn(id, 3);
        const { lastFrameTs } = await service.stream(id);
        expect(Math.abs(Date.now() - (lastFrameTs ?? 0))).toBeLessThan(10_000);
      }
      broadcasts[id]?.show(plain);
      await service.goesOn(id, 3);
      expect((await service.stream(id)).reconnects - reconnects).toBeLessThanOrEqual(2);
    });

    it.concurrent('ffmpeg is killed', async () => {
      process.kill(decoderOf('killed.mp4'), 'SIGKILL');
      const sinceMs = performance.now();
      await waitFor('told', () => (told('killed').includes('reconnecting decoder-crashed') ? true : null));
      await well('ffmpeg killed', 'killed', sinceMs);
    });

    it.concurrent('ffmpeg hangs (SIGSTOP)', async () => {
      const hung = decoderOf('hung.mp4');
      process.kill(hung, 'SIGSTOP');
      const sinceMs = performance.now();
      await waitFor('told', () => (told('hung').includes('reconnecting timeout') ? true : null));
      await well('ffmpeg hangs', 'hung', sinceMs);
      expect(isAlive(hung)).toBe(false);
    });

    it.concurrent('ffmpeg floods its log: the camera never notices, the log stays small', async () => {
      await service.goesOn('flood', 20);
      expect(await service.stream('flood')).toMatchObject({ state: 'online', reconnects: 0 });
      expect(service.log().length).toBeLessThan(1_000_000);
    });

    it('ffmpeg is missing: named, and online by itself once it is installed', async () => {
      renameSync(join(bin, 'ffmpeg'), at('hidden'));
      process.kill(decoderOf('killed.mp4'), 'SIGKILL');
      await waitFor('offline', async () => {
        const { state, reason } = await service.stream('killed');
        return state === 'offline' && reason === 'decoder-missing' ? true : null;
      });
      renameSync(at('hidden'), join(bin, 'ffmpeg'));
      await well('ffmpeg missing and installed', 'killed', performance.now());
    });

    it('and everything that was measured is kept', async () => {
      const { items } = await service.get<{ items: { id: string; framesAnalysed: number }[] }>('/api/v1/streams');
      expect((await service.ready()).ready).toBe(true);
      expect(await service.metric('emoscope_store_rows_lost_total')).toBe(0);
      const decoders = childrenOf(service.pid, 'ffmpeg');
      expect(decoders.length).toBeGreaterThan(10);
      expect(await service.stop()).toMatchObject({ code: 0 });
      expect(decoders.filter(isAlive)).toEqual([]);
      const kept = await service.kept();
      for (const { id, framesAnalysed } of items) {
        expect(kept.analysed(id), id).toBeGreaterThanOrEqual(framesAnalysed);
      }
    });
  },
);
